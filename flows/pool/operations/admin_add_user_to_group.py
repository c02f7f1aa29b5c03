"""AdminAddUserToGroup: the next tokens say so; adding a member again changes nothing."""

from flows.pool import groups, pools, users
from flows.pool.operations.call import Call, Request, Response

NAME = "AdminAddUserToGroup"


def perform(request: Request, call: Call) -> Response:
    pool = pools.get(request["UserPoolId"])
    user = users.get(pool, request["Username"])
    groups.find(pool, request["GroupName"]).users.add(user)
    return {}
