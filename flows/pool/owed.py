"""What Cognito asks by itself, in every flow: after the password's proof, and before tokens."""

from flows.pool.attempt import Attempt
from flows.pool.device_tracking import devices
from flows.pool.factors import mfa
from flows.pool.outcomes import Owed
from flows.pool.reasons import Because
from flows.terms import ChallengeName, UserStatus


def for_the_first_factor(attempt: Attempt) -> Owed:
    """A new password; the second factor, for which a remembered device may stand where the pool says so."""
    if attempt.user is not None and attempt.user.status == UserStatus.FORCE_CHANGE_PASSWORD:
        return Owed(ChallengeName.NEW_PASSWORD_REQUIRED, Because.TEMPORARY_PASSWORD)
    if devices.spares_second_factor(attempt):
        return Owed(None, Because.DEVICE_SPARES)
    return mfa.owed(attempt)


def before_tokens(attempt: Attempt) -> Owed:
    """The proof of the device; or the second factor, when the one that was to stand for it is remembered no more and
    has proved nothing (T088)."""
    if devices.owes_proof(attempt):
        return Owed(ChallengeName.DEVICE_SRP_AUTH, Because.DEVICE_TO_PROVE)
    if ChallengeName.DEVICE_PASSWORD_VERIFIER in attempt.passed:
        return Owed(None, Because.DEVICE_PASSED)
    return mfa.owed(attempt)
