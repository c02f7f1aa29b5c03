"""Which refusals end an attempt: the page begins anew, or asks another question, and nothing waits any more.

The rules are those of ``flows.signin.problems``, which this room may not know; ``tests/inspector/test_refusals.py``
holds them against it, row by row. Here is only what is to be told of a run that was kept: whether its last question
waits.
"""

from dataclasses import dataclass
from typing import Final

from flows.inspector.entries import Call
from flows.steps.table import STEPS
from flows.terms import ChallengeName


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """``saying`` is a part of Cognito's text, ``at`` the question that was asked; either may be any."""

    error: str
    saying: str = ""
    at: str = ""
    ends: bool = True

    def matches(self, call: Call, at: str) -> bool:
        return self.error == call.error and self.saying in call.message and self.at in ("", at)


# Questions that no page asks, so that none can wait for another answer
_SILENT: Final = frozenset(step.challenge for step in STEPS if step.automatic)
_N, _I = "NotAuthorizedException", "InvalidParameterException"
_ROWS: Final = (
    _Row(error=_N, at=ChallengeName.WEB_AUTHN),
    _Row(error=_I, at=ChallengeName.WEB_AUTHN),
    # The app client's secret is the site's affair
    _Row(error=_N, saying="SECRET_HASH was not received", ends=False),
    _Row(error=_N, saying="Unable to verify secret hash", ends=False),
    _Row(error=_N),  # with it the Session is gone
    _Row(error="UserNotFoundException"),
    _Row(error="UserNotConfirmedException"),
    _Row(error="PasswordResetRequiredException"),
    _Row(error="UserLambdaValidationException"),
    # An app shows another code soon; one that was sent is not sent again
    _Row(error="ExpiredCodeException", saying="software token", ends=False),
    _Row(error="ExpiredCodeException"),
    _Row(error="MFAMethodNotFoundException"),
    _Row(error="SoftwareTokenMFANotFoundException"),
    # Another way to begin is wanted
    _Row(error=_I, saying="flow not enabled"),
    _Row(error=_I, saying="is not enabled for the client"),
    _Row(error=_I, saying="Initiate Auth method not supported"),
    _Row(error=_I, saying="Custom auth lambda trigger is not configured"),
    _Row(error="UnsupportedOperationException"),
    _Row(error="OperationNotEnabledException"),
    _Row(error="FeatureUnavailableInTierException"),
    _Row(error="RefreshTokenReuseException"),
)


def ends(call: Call, *, at: str) -> bool:
    """Whether nothing waits after ``call``, which answered the question ``at``. A wrong code or an unfit password may
    be mended; so may whatever no row knows."""
    return at in _SILENT or next((row.ends for row in _ROWS if row.matches(call, at)), False)
