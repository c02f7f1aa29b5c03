"""GlobalSignOut: end every token of the user."""

from flows.pool.errors import PoolError
from flows.pool.errors.tokens import access_token_revoked
from flows.pool.issuing import access_tokens, refresh
from flows.pool.protocol.call import Call, Request, Response

NAME = "GlobalSignOut"


def perform(request: Request, call: Call) -> Response:
    try:
        access = access_tokens.verify(request["AccessToken"], tools=call.tools)
    except PoolError as error:
        if error.code == "UserNotFoundException":  # which the operation does not declare
            raise access_token_revoked() from None
        raise
    refresh.revoke_all(access.user, now=call.tools.now())
    return {}
