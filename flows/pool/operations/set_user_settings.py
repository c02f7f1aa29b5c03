"""SetUserSettings: MFA by text message on or off, as it was done before SetUserMFAPreference."""

from flows.pool.factors import mfa_preferences
from flows.pool.issuing import access_tokens
from flows.pool.protocol.call import Call, Request, Response

NAME = "SetUserSettings"


def perform(request: Request, call: Call) -> Response:
    user = access_tokens.verify(request["AccessToken"], tools=call.tools).user
    mfa_preferences.change_sms(user, request["MFAOptions"], tools=call.tools)
    return {}
