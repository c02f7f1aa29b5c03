"""VerifyUserAttribute: prove an address by the code that was sent to it; one that waited for this takes effect."""

from flows.pool import limits
from flows.pool.accounts import verification
from flows.pool.issuing import access_tokens
from flows.pool.protocol.call import Call, Request, Response

NAME = "VerifyUserAttribute"


def perform(request: Request, call: Call) -> Response:
    user = access_tokens.verify(request["AccessToken"], tools=call.tools).user
    limits.count(user, NAME, tools=call.tools)
    verification.prove(user, request["AttributeName"], request["Code"], tools=call.tools)
    return {}
