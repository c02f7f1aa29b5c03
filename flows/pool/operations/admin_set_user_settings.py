"""AdminSetUserSettings: MFA by text message on or off, as it was done before AdminSetUserMFAPreference."""

from flows.pool import pools
from flows.pool.directory import users
from flows.pool.factors import mfa_preferences
from flows.pool.protocol.call import Call, Request, Response

NAME = "AdminSetUserSettings"


def perform(request: Request, call: Call) -> Response:
    user = users.get(pools.get(request["UserPoolId"]), request["Username"])
    mfa_preferences.change_sms(user, request["MFAOptions"], tools=call.tools)
    return {}
