"""AdminGetUser: a user with every attribute, and the second factors."""

from flows.pool import pools
from flows.pool.control_plane import describe
from flows.pool.directory import users
from flows.pool.factors import mfa
from flows.pool.protocol.call import Call, Request, Response

NAME = "AdminGetUser"


def perform(request: Request, call: Call) -> Response:
    user = users.get(pools.get(request["UserPoolId"]), request["Username"])
    return {**describe.user(user, attributes_member="UserAttributes"), **mfa.described(user)}
