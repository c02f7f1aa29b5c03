"""AdminDeleteUserAttributes: remove attributes; those that the pool requires stay."""

from functools import partial

from flows.pool import pools
from flows.pool.accounts import verification
from flows.pool.directory import attributes, users
from flows.pool.lambda_triggers.triggers import Origin
from flows.pool.protocol.call import Call, Request, Response

NAME = "AdminDeleteUserAttributes"


def perform(request: Request, call: Call) -> Response:
    pool = pools.get(request["UserPoolId"])
    user = users.get(pool, request["Username"])
    removed = dict.fromkeys(request["UserAttributeNames"], "")
    rule = partial(attributes.for_admin_update, pool)
    verification.update(user, removed, rule=rule, origin=Origin.of(request), tools=call.tools)
    return {}
