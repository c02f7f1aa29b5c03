"""What a user owes next. Decided here, once, for every flow; only the engine asks."""

from flows.pool import custom_policy, devices, mfa
from flows.pool.attempt import Attempt
from flows.pool.outcomes import Done, Next, Onward
from flows.terms import AuthFlow, ChallengeName, UserStatus


def next_after(attempt: Attempt) -> Onward:
    """The challenge that follows the rounds so far, or Done. In CUSTOM_AUTH a Lambda function decides."""
    return custom_policy.next_after(attempt) if attempt.auth_flow == AuthFlow.CUSTOM_AUTH else _built_in(attempt)


def _built_in(attempt: Attempt) -> Onward:
    """A new password, the second factor, the device's proof.

    A remembered device stands for the second factor where the pool says so, and proves itself in its place.
    """
    if attempt.user is not None and attempt.user.status == UserStatus.FORCE_CHANGE_PASSWORD:
        return Next(ChallengeName.NEW_PASSWORD_REQUIRED)
    if not devices.spares_second_factor(attempt) and (factor := mfa.owed(attempt)):
        return Next(factor)
    return Next(ChallengeName.DEVICE_SRP_AUTH) if devices.owes_proof(attempt) else Done()
