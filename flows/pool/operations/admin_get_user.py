"""AdminGetUser: a user with every attribute."""

from flows.pool import describe, pools, users
from flows.pool.operations.call import Call, Request, Response

NAME = "AdminGetUser"


def perform(request: Request, call: Call) -> Response:
    user = users.get(pools.get(request["UserPoolId"]), request["Username"])
    return describe.user(user, attributes_member="UserAttributes")
