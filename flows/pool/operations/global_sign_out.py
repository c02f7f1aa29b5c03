"""GlobalSignOut: end every token of the user."""

from flows.pool import access_tokens, errors, refresh
from flows.pool.errors import PoolError
from flows.pool.operations.call import Call, Request, Response

NAME = "GlobalSignOut"


def perform(request: Request, call: Call) -> Response:
    try:
        access = access_tokens.verify(request["AccessToken"], tools=call.tools)
    except PoolError as error:
        if error.code == "UserNotFoundException":  # which the operation does not declare
            raise errors.access_token_revoked() from None
        raise
    refresh.revoke_all(access.user, now=call.tools.now())
    return {}
