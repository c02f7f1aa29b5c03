"""What Cognito asks by itself, in every flow: after the password's proof, and before tokens."""

from flows.pool import devices, mfa
from flows.pool.attempt import Attempt
from flows.terms import ChallengeName, UserStatus


def for_the_first_factor(attempt: Attempt) -> ChallengeName | None:
    """A new password; the second factor, for which a remembered device may stand where the pool says so."""
    if attempt.user is not None and attempt.user.status == UserStatus.FORCE_CHANGE_PASSWORD:
        return ChallengeName.NEW_PASSWORD_REQUIRED
    return None if devices.spares_second_factor(attempt) else mfa.owed(attempt)


def before_tokens(attempt: Attempt) -> ChallengeName | None:
    """The proof of the device; or the second factor, when the one that was to stand for it is remembered no more and
    has proved nothing (T088)."""
    if devices.owes_proof(attempt):
        return ChallengeName.DEVICE_SRP_AUTH
    return None if ChallengeName.DEVICE_PASSWORD_VERIFIER in attempt.passed else mfa.owed(attempt)
