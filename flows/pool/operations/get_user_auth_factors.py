"""GetUserAuthFactors: what the user can sign in with."""

from flows.pool import access_tokens, auth_factors
from flows.pool.operations.call import Call, Request, Response

NAME = "GetUserAuthFactors"


def perform(request: Request, call: Call) -> Response:
    return auth_factors.described(access_tokens.verify(request["AccessToken"], tools=call.tools).user)
