"""AdminGetUserAuthFactors: what a user can sign in with."""

from flows.pool import pools
from flows.pool.directory import users
from flows.pool.factors import auth_factors
from flows.pool.protocol.call import Call, Request, Response

NAME = "AdminGetUserAuthFactors"


def perform(request: Request, call: Call) -> Response:
    return auth_factors.described(users.get(pools.get(request["UserPoolId"]), request["Username"]))
