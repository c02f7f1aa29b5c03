"""Amplify's function for each operation, AuthFlow and challenge of a sign-in: tables."""

from collections.abc import Callable, Mapping
from typing import Any

from flows.inspector.code.amplify_account import OPERATIONS, refreshed
from flows.inspector.code.amplify_calls import Request, Said, as_user, metadata, signs_in, silent
from flows.inspector.code.blanks import Blank
from flows.terms import AuthFlow, ChallengeName, FirstFactor, SignInStep

_PASSWORD = Blank("PASSWORD")
_MFA_TYPES = {"SMS_MFA": "SMS", "SOFTWARE_TOKEN_MFA": "TOTP", "EMAIL_OTP": "EMAIL"}
_ATTRIBUTE = "userAttributes."


def said(operation: str, request: Request, *, asked: str = "") -> Said:
    """What Amplify calls for ``request``, in which blanks stand for what is masked. ``asked`` is the slug of the step
    that waits for it in the step table, where one does."""
    known = (_AT_A_CHOICE.get(operation) if asked == "mfa-setup-choice" else None) or _OPERATIONS.get(operation)
    return known(request) if known else silent(f"Amplify has no function for {operation}.")


def _given(request: Request) -> Mapping[str, Any]:
    """AuthParameters or ChallengeResponses, whichever it has."""
    return request.get("AuthParameters") or request.get("ChallengeResponses") or {}


# -- Beginning a sign-in -------------------------------------------------------------------------------------------
def _initiate(request: Request) -> Said:
    begin = _FLOWS.get(request.get("AuthFlow", ""))
    return begin(request) if begin else silent(f"Amplify has no authFlowType for {request.get('AuthFlow')}.")


def _sign_in(request: Request, flow: str, *comments: str, password: Any = None, **options: Any) -> Said:
    given = _given(request)
    argument = {"username": given.get("USERNAME"), **({"password": password} if password else {})}
    return signs_in(
        "signIn", {**argument, "options": {"authFlowType": flow, **options, **metadata(request)}}, *comments
    )


def _srp(request: Request) -> Said:
    return _sign_in(request, "USER_SRP_AUTH", "signIn() makes SRP_A of its own.", password=_PASSWORD)


def _password(request: Request) -> Said:
    return _sign_in(request, "USER_PASSWORD_AUTH", password=_given(request).get("PASSWORD"))


def _custom(request: Request) -> Said:
    if "SRP_A" in _given(request):
        return _sign_in(request, "CUSTOM_WITH_SRP", "signIn() makes SRP_A of its own.", password=_PASSWORD)
    return _sign_in(request, "CUSTOM_WITHOUT_SRP")


def _choice(request: Request) -> Said:
    given = _given(request)
    preferred = given.get("PREFERRED_CHALLENGE")
    password = _PASSWORD if preferred == FirstFactor.PASSWORD_SRP else given.get("PASSWORD")
    return _sign_in(request, "USER_AUTH", password=password, **({"preferredChallenge": preferred} if preferred else {}))


_FLOWS: Mapping[str, Callable[[Request], Said]] = {
    AuthFlow.USER_SRP_AUTH: _srp,
    AuthFlow.USER_PASSWORD_AUTH: _password,
    AuthFlow.USER_AUTH: _choice,
    AuthFlow.CUSTOM_AUTH: _custom,
    AuthFlow.REFRESH_TOKEN_AUTH: refreshed,
    AuthFlow.REFRESH_TOKEN: refreshed,
}


# -- Answering a challenge -----------------------------------------------------------------------------------------
def _respond(request: Request) -> Said:
    answer = _CHALLENGES.get(request.get("ChallengeName", ""))
    return answer(request) if answer else silent(f"Amplify does not know {request.get('ChallengeName')}.")


def _confirm(
    request: Request,
    response: Any,
    *comments: str,
    first: tuple[str, ...] = (),
    options: Mapping[str, Any] | None = None,
) -> Said:
    options = {**(options or {}), **metadata(request)}
    argument = {"challengeResponse": response, **({"options": options} if options else {})}
    return signs_in("confirmSignIn", argument, *comments, first=tuple({"challengeResponse": each} for each in first))


def _member(name: str) -> Callable[[Request], Said]:
    return lambda request: _confirm(request, _given(request).get(name))


def _by_itself(sentence: str) -> Callable[[Request], Said]:
    return lambda request: silent(sentence, in_sign_in=True)


def _first_factor(request: Request) -> Said:
    """Amplify asks for the choice first and for its password then; Cognito gets both in one answer."""
    given = _given(request)
    if "PASSWORD" in given:
        return _confirm(request, given["PASSWORD"], first=(FirstFactor.PASSWORD,))
    if "SRP_A" in given:
        return _confirm(
            request,
            _PASSWORD,
            "The second confirmSignIn() makes SRP_A of its own.",
            first=(FirstFactor.PASSWORD_SRP,),
        )
    return _confirm(request, given.get("ANSWER"))


def _mfa_type(request: Request) -> Said:
    chosen = _given(request).get("ANSWER")
    return _confirm(request, _MFA_TYPES.get(chosen, chosen) if isinstance(chosen, str) else chosen)


def _new_password(request: Request) -> Said:
    given = _given(request)
    attributes = {name.removeprefix(_ATTRIBUTE): value for name, value in given.items() if name.startswith(_ATTRIBUTE)}
    return _confirm(request, given.get("NEW_PASSWORD"), options={"userAttributes": attributes} if attributes else None)


def _set_up(request: Request) -> Said:
    if "EMAIL" in _given(request):
        return _confirm(request, _given(request)["EMAIL"])
    return silent(
        "confirmSignIn() with the app's first code has sent this too: it verifies the code,",
        "then it answers MFA_SETUP with the Session that this brings.",
        in_sign_in=True,
    )


_CHALLENGES: Mapping[str, Callable[[Request], Said]] = {
    ChallengeName.SELECT_CHALLENGE: _first_factor,
    ChallengeName.PASSWORD: _member("PASSWORD"),
    ChallengeName.PASSWORD_SRP: lambda request: _confirm(request, _PASSWORD, "confirmSignIn() makes SRP_A of its own."),
    ChallengeName.PASSWORD_VERIFIER: _by_itself(
        "No call: the function that sent SRP_A has answered PASSWORD_VERIFIER too, before it returned."
    ),
    ChallengeName.WEB_AUTHN: _by_itself(
        "No call: the function that brought WEB_AUTHN has asked the browser for the passkey and sent it."
    ),
    ChallengeName.EMAIL_OTP: _member("EMAIL_OTP_CODE"),
    ChallengeName.SMS_OTP: _member("SMS_OTP_CODE"),
    ChallengeName.SMS_MFA: _member("SMS_MFA_CODE"),
    ChallengeName.SOFTWARE_TOKEN_MFA: _member("SOFTWARE_TOKEN_MFA_CODE"),
    ChallengeName.SELECT_MFA_TYPE: _mfa_type,
    ChallengeName.MFA_SETUP: _set_up,
    ChallengeName.NEW_PASSWORD_REQUIRED: _new_password,
    ChallengeName.CUSTOM_CHALLENGE: _member("ANSWER"),
    ChallengeName.DEVICE_SRP_AUTH: _by_itself(
        "No call: Amplify knows its device and proves it within the same function."
    ),
    ChallengeName.DEVICE_PASSWORD_VERIFIER: _by_itself(
        "No call: Amplify knows its device and proves it within the same function."
    ),
}


# -- Of app and address: Amplify is told the choice first, which Cognito gets to know by what follows --------------
def _choose_app(request: Request) -> Said:
    return signs_in(
        "confirmSignIn",
        {"challengeResponse": "TOTP"},
        "It asks for the secret; it is in nextStep.totpSetupDetails.sharedSecret.",
        next_step=SignInStep.CONTINUE_SIGN_IN_WITH_TOTP_SETUP,
    )


def _choose_address(request: Request) -> Said:
    if "EMAIL" in _given(request):
        return _confirm(request, _given(request)["EMAIL"], first=("EMAIL",))
    return _respond(request)


_AT_A_CHOICE: Mapping[str, Callable[[Request], Said]] = {
    "AssociateSoftwareToken": _choose_app,
    "RespondToAuthChallenge": _choose_address,
}


# -- An app: in a sign-in, or for whoever is signed in -------------------------------------------------------------
def _associate(request: Request) -> Said:
    if "AccessToken" in request:
        return as_user("setUpTOTP", None, brings="{ sharedSecret }")
    return silent(
        "No call: the function that brought MFA_SETUP has asked for the secret;",
        "it is in nextStep.totpSetupDetails.sharedSecret.",
        in_sign_in=True,
    )


def _verify(request: Request) -> Said:
    name = {"friendlyDeviceName": request["FriendlyDeviceName"]} if request.get("FriendlyDeviceName") else {}
    options = {"options": name} if name else {}
    if "AccessToken" in request:
        return as_user("verifyTOTPSetup", {"code": request.get("UserCode"), **options})
    return signs_in(
        "confirmSignIn",
        {"challengeResponse": request.get("UserCode"), **options},
        "It verifies the code and answers MFA_SETUP, which are two calls.",
    )


_OPERATIONS: Mapping[str, Callable[[Request], Said]] = {
    "InitiateAuth": _initiate,
    "RespondToAuthChallenge": _respond,
    "AssociateSoftwareToken": _associate,
    "VerifySoftwareToken": _verify,
    **OPERATIONS,
}
