"""Beginning USER_AUTH again inside an attempt: for another factor, or for another code of the same one.

Cognito has no call for either once a factor is chosen, so this is InitiateAuth once more, for the same username.
"""

import time
from dataclasses import replace

from flows.cognito.outcome import Outcome
from flows.steps import beginnings
from flows.steps.pending import Pending
from flows.terms import FirstFactor

RESEND_SECONDS = 30  # between two codes; the pool has limits of its own
_SENT = frozenset({FirstFactor.EMAIL_OTP, FirstFactor.SMS_OTP})


def ask(pending: Pending, *, preferred: str = "") -> Outcome:
    """The first question anew; without ``preferred`` the choice. Raises ``CognitoError``."""
    return beginnings.choice(pending.username, preferred=preferred, device_key=pending.device_key)


def restarted(pending: Pending) -> Pending:
    """The attempt with nothing answered yet."""
    return replace(pending, answered=())


def can_resend(pending: Pending) -> bool:
    """Only a first factor's code: for a second factor's there is no call but to start over."""
    return pending.first_factor in _SENT


def resend_after(pending: Pending) -> int:
    """Seconds until another code may be asked for."""
    return max(0, round(pending.asked_at + RESEND_SECONDS - time.time()))
