"""AdminDeleteUserAttributes: remove attributes; those that the pool requires stay."""

from functools import partial

from flows.pool import attributes, pools, users, verification
from flows.pool.operations.call import Call, Request, Response
from flows.pool.triggers import Origin

NAME = "AdminDeleteUserAttributes"


def perform(request: Request, call: Call) -> Response:
    pool = pools.get(request["UserPoolId"])
    user = users.get(pool, request["Username"])
    removed = dict.fromkeys(request["UserAttributeNames"], "")
    rule = partial(attributes.for_admin_update, pool)
    verification.update(user, removed, rule=rule, origin=Origin.of(request), tools=call.tools)
    return {}
