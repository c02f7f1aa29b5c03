"""AdminDeleteUser: the user and everything that belongs to them."""

from flows.pool import pools
from flows.pool.directory import users
from flows.pool.protocol.call import Call, Request, Response

NAME = "AdminDeleteUser"


def perform(request: Request, call: Call) -> Response:
    users.get(pools.get(request["UserPoolId"]), request["Username"]).delete()
    return {}
