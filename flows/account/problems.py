"""What a person is told when Cognito refuses something about their own account; all else is signin.problems'."""

from dataclasses import dataclass, replace

from flows.cognito.errors import CognitoError
from flows.signin.problems import E4, NOT_SET_UP, Problem
from flows.signin.problems import problem_for as problem_at_sign_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """``operation`` narrows to one call, ``fragment`` must occur in Cognito's text; ``quote`` adds that whole text."""

    code: str
    operation: str = ""
    fragment: str = ""
    problem: Problem
    quote: bool = False

    def matches(self, error: CognitoError) -> bool:
        return self.code == error.code and self.operation in ("", error.operation) and self.fragment in error.message

    def read(self, error: CognitoError) -> Problem:
        return replace(self.problem, text=f"{self.problem.text} {error.message}") if self.quote else self.problem


NOT_HERE = Problem(text="This is not switched on here.")
NOT_ALLOWED = Problem(text="Your account may not do this here.", status=403)
WRONG_CODE = Problem(
    text="That code is not right. Type the one that the app shows now; your device's clock must be right too.",
    field="code",
)
WRONG_RECOVERY_CODE = Problem(text="That code is not right, or no longer counts.", field="code")
LAST_WAY_IN = Problem(
    text="This passkey is your only way to sign in, so it stays. Get another one first, then delete this one."
)
NEEDS_PASSWORD = Problem(
    text="Your account has no password. Beside a second factor nothing else begins a sign-in, so you could not get "
    "in any more. Get a password first, by way of “Forgot your password?”."
)
GONE = Problem(text="It was no longer there. This is what there is now.", status=404)
UNREADABLE = Problem(text="Your browser sent something that is no passkey. Nothing was changed.")

_ADDRESS = Problem(text="Passkeys of this site do not count at this address. Open the site at its own address.")
_AGAIN = Problem(text="This took too long, or began in another tab. Please try again.")

ROWS: tuple[Row, ...] = (
    # -- Passkeys
    Row(code="WebAuthnNotEnabledException", problem=replace(NOT_HERE, text="Passkeys are not switched on here.")),
    Row(code="WebAuthnConfigurationMissingException", problem=NOT_SET_UP),
    Row(code="WebAuthnChallengeNotFoundException", problem=_AGAIN),
    Row(code="WebAuthnClientMismatchException", problem=_AGAIN),
    Row(code="WebAuthnRelyingPartyMismatchException", problem=_ADDRESS),
    Row(code="WebAuthnOriginNotAllowedException", problem=_ADDRESS),
    Row(
        code="WebAuthnCredentialNotSupportedException",
        problem=Problem(text="This kind of passkey is not accepted here. Try another device or password manager."),
    ),
    Row(
        code="LimitExceededException",
        operation="StartWebAuthnRegistration",
        problem=Problem(text="You have as many passkeys as an account may have. Delete one that you do not use."),
    ),
    Row(code="ResourceNotFoundException", operation="DeleteWebAuthnCredential", problem=GONE),
    # -- Second factors
    Row(code="EnableSoftwareTokenMFAException", problem=WRONG_CODE),
    Row(code="CodeMismatchException", operation="VerifySoftwareToken", problem=WRONG_CODE),
    Row(
        code="SoftwareTokenMFANotFoundException",
        problem=replace(NOT_HERE, text="Authenticator apps are not switched on here."),
    ),
    Row(
        code="ConcurrentModificationException",
        problem=Problem(text="Two things happened to your account at once. Please try again."),
    ),
    Row(
        code="InvalidParameterException",
        operation="SetUserMFAPreference",
        fragment="delivery config",
        problem=Problem(text="You need an address or telephone number, or a set-up app, for that first."),
    ),
    Row(
        code="InvalidParameterException",
        operation="SetUserMFAPreference",
        quote=True,
        problem=Problem(text="The sign-in service did not change this:"),
    ),
    # -- Devices
    Row(
        code="InvalidUserPoolConfigurationException",
        operation="ListDevices",
        problem=replace(NOT_HERE, text="This site keeps no list of devices."),
    ),
    Row(code="ResourceNotFoundException", operation="ForgetDevice", problem=GONE),
    Row(code="ResourceNotFoundException", operation="UpdateDeviceStatus", problem=GONE),
    # -- Recovery
    Row(code="CodeMismatchException", operation="ConfirmForgotPassword", problem=WRONG_RECOVERY_CODE),
    Row(code="ExpiredCodeException", operation="ConfirmForgotPassword", problem=WRONG_RECOVERY_CODE),
    Row(code="UserNotFoundException", operation="ConfirmForgotPassword", problem=WRONG_RECOVERY_CODE),
    Row(code="NotAuthorizedException", operation="ConfirmForgotPassword", problem=WRONG_RECOVERY_CODE),
    Row(
        code="InvalidParameterException",
        operation="ConfirmForgotPassword",
        fragment="'password'",
        problem=Problem(text="This password is not allowed here.", field="new_password"),
    ),
    Row(code="InvalidParameterException", operation="ConfirmForgotPassword", problem=WRONG_RECOVERY_CODE),
    Row(
        code="CodeDeliveryFailureException",
        problem=replace(E4, text="The code could not be sent. Wait, then try again."),
    ),
    # -- Whatever it was
    Row(code="UnsupportedOperationException", problem=NOT_HERE),
    Row(code="OperationNotEnabledException", problem=NOT_HERE),
    Row(code="FeatureUnavailableInTierException", problem=NOT_HERE),
    Row(code="UnknownOperationException", problem=NOT_HERE),
    Row(code="NotAuthorizedException", problem=NOT_ALLOWED),
)


def problem_for(error: CognitoError) -> Problem:
    """The problem that ``error`` is to somebody who is signed in."""
    for row in ROWS:
        if row.matches(error):
            return row.read(error)
    return problem_at_sign_in(error)
