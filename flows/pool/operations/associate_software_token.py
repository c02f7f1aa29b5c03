"""AssociateSoftwareToken: a new seed for the user's authenticator app, which waits for its first code."""

from flows.pool.errors import PoolError, one_of
from flows.pool.errors.factors import software_token_mfa_off
from flows.pool.errors.tokens import access_token_revoked
from flows.pool.factors import enrolment, mfa, software_tokens, totp
from flows.pool.issuing import access_tokens
from flows.pool.models import PoolUser
from flows.pool.protocol.call import Call, Request, Response

NAME = "AssociateSoftwareToken"
_DECLARED = "NotAuthorizedException"


def perform(request: Request, call: Call) -> Response:
    """By the access token of somebody who is signed in, or by the Session of MFA_SETUP."""
    if ("AccessToken" in request) == ("Session" in request):
        raise one_of("AccessToken", "Session")
    if "Session" in request:
        seed, session = enrolment.offer(request["Session"], tools=call.tools)
        return {"SecretCode": totp.to_secret_code(seed), "Session": session}
    user = _user(request, call)
    if not mfa.is_on(user.pool, mfa.TOKEN):
        raise software_token_mfa_off()
    seed = totp.make_seed(tools=call.tools)
    software_tokens.offer(user, seed)
    return {"SecretCode": totp.to_secret_code(seed)}


def _user(request: Request, call: Call) -> PoolUser:
    try:
        return access_tokens.verify(request["AccessToken"], tools=call.tools).user
    except PoolError as error:
        if error.code != _DECLARED:  # a deleted user, a reset password: refusals that the operation does not declare
            raise access_token_revoked() from None
        raise
