"""SetUserMFAPreference: users turn their second factors on and off, and say which is asked first."""

from flows.pool.factors import mfa_preferences
from flows.pool.issuing import access_tokens
from flows.pool.protocol.call import Call, Request, Response

NAME = "SetUserMFAPreference"


def perform(request: Request, call: Call) -> Response:
    user = access_tokens.verify(request["AccessToken"], tools=call.tools).user
    mfa_preferences.change(user, request, tools=call.tools)
    return {}
