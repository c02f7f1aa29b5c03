"""AdminDeleteSoftwareToken: for a user who has lost the authenticator app. One who has none is left as they are."""

from flows.pool import pools
from flows.pool.directory import users
from flows.pool.factors import mfa_preferences
from flows.pool.protocol.call import Call, Request, Response

NAME = "AdminDeleteSoftwareToken"


def perform(request: Request, call: Call) -> Response:
    user = users.get(pools.get(request["UserPoolId"]), request["Username"])
    mfa_preferences.forget_software_token(user, tools=call.tools)
    return {}
