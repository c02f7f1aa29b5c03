"""AdminAddUserToGroup: the next tokens say so; adding a member again changes nothing."""

from flows.pool import pools
from flows.pool.directory import groups, users
from flows.pool.protocol.call import Call, Request, Response

NAME = "AdminAddUserToGroup"


def perform(request: Request, call: Call) -> Response:
    pool = pools.get(request["UserPoolId"])
    user = users.get(pool, request["Username"])
    groups.find(pool, request["GroupName"]).users.add(user)
    return {}
