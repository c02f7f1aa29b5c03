"""AdminGetUserAuthFactors: what a user can sign in with."""

from flows.pool import auth_factors, pools, users
from flows.pool.operations.call import Call, Request, Response

NAME = "AdminGetUserAuthFactors"


def perform(request: Request, call: Call) -> Response:
    return auth_factors.described(users.get(pools.get(request["UserPoolId"]), request["Username"]))
