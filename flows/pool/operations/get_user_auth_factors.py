"""GetUserAuthFactors: what the user can sign in with."""

from flows.pool.factors import auth_factors
from flows.pool.issuing import access_tokens
from flows.pool.protocol.call import Call, Request, Response

NAME = "GetUserAuthFactors"


def perform(request: Request, call: Call) -> Response:
    return auth_factors.described(access_tokens.verify(request["AccessToken"], tools=call.tools).user)
