"""What a person is told when Cognito refuses: one row per code, and per piece of text where a code says many things.

Texts never tell whether a user exists. Codes without a row are E5: something is wrong that the person cannot mend.
The E numbers are explained in docs/protocol/errors.md.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from flows.cognito.devices import DEVICE_REFUSED
from flows.cognito.errors import BAD_ANSWER, BAD_TOKEN, NO_ANSWER, NO_CREDENTIALS, NO_POOL, UNREACHABLE, CognitoError
from flows.terms import ChallengeName, SignInStep


class Next(StrEnum):
    """Where the person goes from here."""

    SAME_FORM = "same form"
    FRESH_QUESTION = "fresh question"  # the same factor asked anew, under what is told
    START_FORM = "start form"  # the attempt is over; the start form comes back with the username
    START_LINK = "start link"  # the attempt is over; a page says so and offers to start again


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """``field`` names the form field to blame, empty for the whole form. ``retry_after`` is in seconds."""

    text: str
    status: int = 422
    field: str = ""
    next: Next = Next.SAME_FORM
    retry_after: int | None = None
    sign_in_step: SignInStep | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """``fragment`` must occur in Cognito's text; ``at`` narrows to one challenge; ``quote`` adds the text after it."""

    code: str
    fragment: str = ""
    at: ChallengeName | None = None
    problem: Problem
    quote: bool = False

    def matches(self, error: CognitoError, at: str) -> bool:
        return self.code == error.code and self.fragment in error.message and self.at in (None, at)

    def read(self, error: CognitoError) -> Problem:
        if not self.quote:
            return self.problem
        reason = error.message.partition(self.fragment)[2].strip(" :")
        return replace(self.problem, text=f"{self.problem.text} {reason}".strip())


NOT_ACTIVE_HERE = "NotActiveHere"  # Cognito says yes, the Django user is switched off
SOMEBODY_ELSE = "SomebodyElse"  # Cognito says yes, but this session is another person's

E1 = Problem(text="Incorrect username or password.", next=Next.START_FORM)
E2 = Problem(text="That code is not right.", field="code")
E3 = Problem(text="This step has expired. Start again.", next=Next.START_LINK)
E4 = Problem(text="Too many attempts. Wait a little, then try again.", status=429, retry_after=30)
E5 = Problem(
    text="The sign-in service is not answering. Nothing was changed.",
    status=503,
    retry_after=10,
)
E7 = Problem(text="This passkey was not accepted. Try it again, or choose another way.", next=Next.FRESH_QUESTION)
E6 = Problem(text="This page was open too long, so nothing was sent. Please try again.", status=403)
NO_COOKIE = replace(E6, text="Your browser did not send this site's cookie. Allow cookies for it and try again.")
LOCKED = replace(E4, next=Next.START_FORM)
SWITCHED_OFF = Problem(text="This account is switched off. Ask whoever runs this site.", next=Next.START_FORM)
UNSURE = replace(E5, text="The sign-in service did not answer in time. It may or may not have taken your answer.")
STRANGE = replace(E5, text="The sign-in service gave an answer that we do not trust. You are not signed in.")
NOT_SET_UP = replace(E5, text="Signing in is not set up correctly here. Tell whoever runs this site.", retry_after=60)
OTHER_WAY = Problem(text="This way to sign in is not switched on here. Choose another one.", next=Next.START_FORM)
UNREADABLE = Problem(text="The sign-in service could not use what was sent. Check it and try again.")
USED = Problem(text="This code has been used already. Wait until your app shows the next one.", field="code")
UNKNOWN_DEVICE = Problem(
    text="This browser is no longer recognised. Sign in once more; you may be asked for a code.", next=Next.START_FORM
)
GIVEN_UP = Problem(text="You are not signed in. You can start again.", next=Next.START_FORM)
NO_FACTOR = Problem(text="This second factor is not available for your account.", next=Next.START_LINK)
NEW_PASSWORD = Problem(text="", field="new_password")

_N, _I = "NotAuthorizedException", "InvalidParameterException"

ROWS: tuple[Row, ...] = (
    # -- What only a passkey or a device says
    Row(code=_N, fragment="Invalid session", at=ChallengeName.WEB_AUTHN, problem=E3),
    Row(code=_N, fragment="User is disabled", at=ChallengeName.WEB_AUTHN, problem=SWITCHED_OFF),
    Row(code=_N, fragment="Password attempts exceeded", at=ChallengeName.WEB_AUTHN, problem=LOCKED),
    Row(code=_N, at=ChallengeName.WEB_AUTHN, problem=E7),
    Row(code=_I, at=ChallengeName.WEB_AUTHN, problem=E7),
    Row(code=DEVICE_REFUSED, problem=UNKNOWN_DEVICE),
    # -- What the pool's own functions say, of answers that were no password: for a name that nobody has as well
    Row(code=_N, fragment="Incorrect username or password", at=ChallengeName.CUSTOM_CHALLENGE, problem=GIVEN_UP),
    Row(code="UserNotFoundException", at=ChallengeName.CUSTOM_CHALLENGE, problem=GIVEN_UP),
    # -- Who you are
    Row(code=_N, fragment="Incorrect username or password", problem=E1),
    Row(code="UserNotFoundException", problem=E1),
    Row(code=_N, fragment="Password attempts exceeded", problem=LOCKED),
    Row(code=_N, fragment="User is disabled", problem=SWITCHED_OFF),
    Row(code=NOT_ACTIVE_HERE, problem=SWITCHED_OFF),
    Row(
        code=SOMEBODY_ELSE,
        problem=Problem(text="That is not the account you are signed in with here.", next=Next.START_FORM),
    ),
    Row(
        code=_N,
        fragment="Temporary password has expired",
        problem=Problem(text="Your temporary password has expired. Ask for a new one.", next=Next.START_FORM),
    ),
    Row(
        code="UserNotConfirmedException",
        problem=Problem(
            text="Your account is not confirmed yet. Use the code that was sent to you when you signed up.",
            next=Next.START_FORM,
            sign_in_step=SignInStep.CONFIRM_SIGN_UP,
        ),
    ),
    Row(
        code="PasswordResetRequiredException",
        problem=Problem(
            text="Your password must be reset before you can sign in.",
            next=Next.START_FORM,
            sign_in_step=SignInStep.RESET_PASSWORD,
        ),
    ),
    Row(
        code="UserLambdaValidationException",
        fragment="failed with error",
        quote=True,
        problem=Problem(text="Sign-in was refused:", next=Next.START_FORM),
    ),
    Row(
        code="UserLambdaValidationException",
        problem=Problem(text="Sign-in was refused.", next=Next.START_FORM),
    ),
    # -- Where you are
    Row(code=_N, fragment="Invalid session", problem=E3),
    Row(code="ExpiredCodeException", fragment="software token", problem=USED),
    Row(code="ExpiredCodeException", problem=E3),
    Row(code="CodeMismatchException", problem=E2),
    Row(code="EnableSoftwareTokenMFAException", problem=E2),
    Row(code="MFAMethodNotFoundException", problem=NO_FACTOR),
    Row(code="SoftwareTokenMFANotFoundException", problem=NO_FACTOR),
    # -- What you chose
    Row(code="InvalidPasswordException", fragment="with policy:", quote=True, problem=NEW_PASSWORD),
    Row(code="InvalidPasswordException", problem=replace(NEW_PASSWORD, text="This password is not allowed here.")),
    Row(
        code="PasswordHistoryPolicyViolationException",
        problem=replace(NEW_PASSWORD, text="You have used this password before. Choose another one."),
    ),
    Row(
        code="AliasExistsException",
        problem=Problem(text="This e-mail address or phone number cannot be used."),
    ),
    Row(
        code=_I,
        fragment="Invalid attributes given,",
        at=ChallengeName.NEW_PASSWORD_REQUIRED,
        quote=True,
        problem=Problem(text="Something is missing:"),
    ),
    # -- What the app client may do
    Row(code=_I, fragment="flow not enabled", problem=OTHER_WAY),
    Row(code=_I, fragment="is not enabled for the client", problem=OTHER_WAY),
    Row(code=_I, fragment="Initiate Auth method not supported", problem=OTHER_WAY),
    Row(code=_I, fragment="Custom auth lambda trigger is not configured", problem=OTHER_WAY),
    Row(code=_I, problem=UNREADABLE),
    Row(code="UnsupportedOperationException", problem=OTHER_WAY),
    Row(code="OperationNotEnabledException", problem=OTHER_WAY),
    Row(code="FeatureUnavailableInTierException", problem=OTHER_WAY),
    # -- Too much at once
    Row(code="TooManyRequestsException", problem=E4),
    Row(code="LimitExceededException", problem=E4),
    Row(code="ConcurrentModificationException", problem=E4),
    Row(code="TooManyFailedAttemptsException", problem=E4),
    Row(
        code="ForbiddenException",
        problem=Problem(text="The sign-in service does not accept requests from here.", status=403),
    ),
    # -- Of ConfirmDevice; nobody gets to see them, a sign-in does not depend on it
    Row(code="DeviceKeyExistsException", problem=E5),
    Row(code="UsernameExistsException", problem=E5),
    # -- Sessions that are over (met by refresh and re-check, where Refusal is what counts)
    Row(code="RefreshTokenReuseException", problem=E3),
    Row(code="UnsupportedTokenTypeException", problem=STRANGE),
    # -- What whoever runs this site must mend
    Row(code=_N, fragment="SECRET_HASH was not received", problem=NOT_SET_UP),
    Row(code=_N, fragment="Unable to verify secret hash", problem=NOT_SET_UP),
    Row(code="UnauthorizedException", problem=NOT_SET_UP),
    Row(code="ResourceNotFoundException", problem=NOT_SET_UP),
    Row(code="InvalidUserPoolConfigurationException", problem=NOT_SET_UP),
    Row(code="InvalidEmailRoleAccessPolicyException", problem=NOT_SET_UP),
    Row(code="InvalidSmsRoleAccessPolicyException", problem=NOT_SET_UP),
    Row(code="InvalidSmsRoleTrustRelationshipException", problem=NOT_SET_UP),
    Row(code="InvalidLambdaResponseException", problem=NOT_SET_UP),
    Row(code="UnexpectedLambdaException", problem=NOT_SET_UP),
    Row(code="AccessDeniedException", problem=NOT_SET_UP),
    Row(code="UnrecognizedClientException", problem=NOT_SET_UP),
    Row(code="InvalidSignatureException", problem=NOT_SET_UP),
    Row(code=NO_CREDENTIALS, problem=NOT_SET_UP),
    Row(code=NO_POOL, problem=NOT_SET_UP),
    # -- What nobody can help
    Row(code="InternalErrorException", problem=E5),
    Row(code=UNREACHABLE, problem=E5),
    Row(code=NO_ANSWER, problem=UNSURE),
    Row(code=BAD_ANSWER, problem=STRANGE),
    Row(code=BAD_TOKEN, problem=STRANGE),
    # NotAuthorizedException with a text that we never met: the likeliest reading, and the one that tells least.
    Row(code=_N, problem=E1),
)


def problem_for(error: CognitoError, *, at: str = "") -> Problem:
    """The problem that ``error`` is to a person; ``at`` is the pending ChallengeName, empty at the start."""
    for row in ROWS:
        if row.matches(error, at):
            return row.read(error)
    return E5


def too_early(seconds: int) -> Problem:
    """Another code was asked for before the last one can have arrived."""
    return replace(E4, text=f"A code is on its way. You can ask for another in {seconds} s.", retry_after=seconds)
