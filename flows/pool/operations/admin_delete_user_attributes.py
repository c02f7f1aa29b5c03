"""AdminDeleteUserAttributes: remove attributes; those that the pool requires stay."""

from flows.pool import attributes, pools, users
from flows.pool.operations.call import Call, Request, Response

NAME = "AdminDeleteUserAttributes"


def perform(request: Request, call: Call) -> Response:
    pool = pools.get(request["UserPoolId"])
    user = users.get(pool, request["Username"])
    removed = dict.fromkeys(request["UserAttributeNames"], "")
    users.change_attributes(user, lambda have: attributes.for_admin_update(pool, have, removed), tools=call.tools)
    return {}
