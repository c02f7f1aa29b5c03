"""Why the pool said no, in plain words beside Cognito's own. Texts of our pool and of live ones (docs/protocol)."""

from dataclasses import dataclass

from flows.cognito.errors import BAD_ANSWER, NO_ANSWER, NO_CREDENTIALS, NO_POOL, UNREACHABLE, CognitoError


@dataclass(frozen=True, slots=True)
class Refusal:
    """``text`` for people; ``answer`` is what Cognito said, if it said anything."""

    text: str
    answer: str = ""


_ONE_TIME = (
    "A code cannot be the first factor and the second. While MfaConfiguration is ON, leave EMAIL_OTP and SMS_OTP out "
    "of the first factors."
)
_PASSKEY_ALONE = (
    "A passkey alone would get past the second factor. While MfaConfiguration is ON, either let passkeys count as both "
    "(FactorConfiguration MULTI_FACTOR_WITH_USER_VERIFICATION) or leave WEB_AUTHN out of the first factors."
)
_NO_FACTOR = "Second factors are asked for, so at least one of them must be there."

# A piece of Cognito's message -> what it means here. The first that fits.
_WORDS = (
    ("Only PASSWORD and WEB_AUTHN", _ONE_TIME),
    ("WEB_AUTHN cannot be used as an auth factor", _PASSKEY_ALONE),
    ("Cannot set WebAuthn factor configuration", _PASSKEY_ALONE),
    ("must be enabled.", _NO_FACTOR),
    ("are required when MFA is required", _NO_FACTOR),
    ("Invalid range for token validity", "A token cannot last that long, or not that short: see the limits above."),
    ("with and without the prefix ALLOW_", "The older names of flows and the ALLOW_ names cannot stand together."),
    (
        "refresh token rotation",
        "Refresh tokens rotate in this app client: ALLOW_REFRESH_TOKEN_AUTH and rotation exclude each other.",
    ),
    ("delivery config", "This user has no address, or no app, for that second factor."),
    ("not verified software token", "This user has not finished setting up an authenticator app."),
    ("Only one MFA method", "Only one second factor can be preferred."),
    ("must be enabled to be preferred", "Only a second factor that is on can be preferred."),
    ("last MFA method", "MfaConfiguration is ON: the last second factor of a user cannot be turned off."),
    ("cannot be reset in the current state", "Only a confirmed user's password can be reset. Make it CONFIRMED first."),
    ("User is disabled", "A disabled user is sent no code. Enable the user first."),
    ("no registered/verified", "This user has no verified address that a code could go to."),
    ("refused before it was sent", "The API does not take that, so it was not even sent: one must be chosen at least."),
    ("User does not exist", "There is no such user in the pool any more."),
)
_UNANSWERED = {
    NO_POOL: "There is no demo pool. Make a new demo below, or by python manage.py demo.",
    UNREACHABLE: "The pool could not be reached. Nothing was changed.",
    NO_CREDENTIALS: "There are no credentials to sign the request with. Nothing was changed.",
    NO_ANSWER: "The pool did not answer. What is shown here is what it says now.",
    BAD_ANSWER: "The pool gave an answer that says neither yes nor no.",
}


def refusal(error: CognitoError) -> Refusal:
    """Words for ``error``; the request ``refused before it was sent`` is one that botocore knows to be wrong."""
    if error.code in _UNANSWERED:
        return Refusal(_UNANSWERED[error.code])
    answer = f"{error.code}: {error.message}" if error.message else error.code
    text = next((words for piece, words in _WORDS if piece in error.message), "Cognito refused this.")
    return Refusal(text, answer)
