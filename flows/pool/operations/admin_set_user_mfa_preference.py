"""AdminSetUserMFAPreference: the same for any user."""

from flows.pool import pools
from flows.pool.directory import users
from flows.pool.factors import mfa_preferences
from flows.pool.protocol.call import Call, Request, Response

NAME = "AdminSetUserMFAPreference"


def perform(request: Request, call: Call) -> Response:
    user = users.get(pools.get(request["UserPoolId"]), request["Username"])
    mfa_preferences.change(user, request, tools=call.tools)
    return {}
