"""AdminSetUserMFAPreference: the same for any user."""

from flows.pool import mfa_preferences, pools, users
from flows.pool.operations.call import Call, Request, Response

NAME = "AdminSetUserMFAPreference"


def perform(request: Request, call: Call) -> Response:
    user = users.get(pools.get(request["UserPoolId"]), request["Username"])
    mfa_preferences.change(user, request, tools=call.tools)
    return {}
