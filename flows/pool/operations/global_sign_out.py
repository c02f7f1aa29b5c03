"""GlobalSignOut: end every token of the user."""

from flows.pool import access_tokens, refresh
from flows.pool.operations.call import Call, Request, Response

NAME = "GlobalSignOut"


def perform(request: Request, call: Call) -> Response:
    access = access_tokens.verify(request["AccessToken"], tools=call.tools)
    refresh.revoke_all(access.user, now=call.tools.now())
    return {}
