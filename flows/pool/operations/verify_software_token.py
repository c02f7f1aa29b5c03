"""VerifySoftwareToken: the first code of an authenticator app, which registers it."""

from flows.pool.errors import one_of
from flows.pool.errors.factors import software_token_mfa_off
from flows.pool.factors import enrolment, mfa, software_tokens
from flows.pool.issuing import access_tokens
from flows.pool.protocol.call import Call, Request, Response

NAME = "VerifySoftwareToken"


def perform(request: Request, call: Call) -> Response:
    """By Session, answers the Session that answers MFA_SETUP; by AccessToken, turning the factor on is left to
    SetUserMFAPreference (section 9.4 of the protocol notes)."""
    if ("AccessToken" in request) == ("Session" in request):
        raise one_of("AccessToken", "Session")
    code, name = request["UserCode"], request.get("FriendlyDeviceName", "")
    if "Session" in request:
        session = enrolment.prove(request["Session"], code, name=name, tools=call.tools)
        return {"Status": "SUCCESS", "Session": session}
    user = access_tokens.verify(request["AccessToken"], tools=call.tools).user
    if not mfa.is_on(user.pool, mfa.TOKEN):
        raise software_token_mfa_off()
    software_tokens.prove(user, code, name=name, tools=call.tools)
    return {"Status": "SUCCESS"}
