"""AdminRemoveUserFromGroup: the next tokens no longer name the group."""

from flows.pool import groups, pools, users
from flows.pool.operations.call import Call, Request, Response

NAME = "AdminRemoveUserFromGroup"


def perform(request: Request, call: Call) -> Response:
    pool = pools.get(request["UserPoolId"])
    user = users.get(pool, request["Username"])
    groups.find(pool, request["GroupName"]).users.remove(user)
    return {}
