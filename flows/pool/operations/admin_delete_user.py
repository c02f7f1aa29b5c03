"""AdminDeleteUser: the user and everything that belongs to them."""

from flows.pool import pools, users
from flows.pool.operations.call import Call, Request, Response

NAME = "AdminDeleteUser"


def perform(request: Request, call: Call) -> Response:
    users.get(pools.get(request["UserPoolId"]), request["Username"]).delete()
    return {}
