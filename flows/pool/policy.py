"""What a user owes next. Decided here, once, for every flow; only the engine asks."""

from flows.pool.attempt import Attempt
from flows.pool.outcomes import Done, Next, Outcome
from flows.terms import ChallengeName, UserStatus


def next_after(attempt: Attempt) -> Outcome:
    """The challenge that follows the rounds so far, or Done."""
    if attempt.user is not None and attempt.user.status == UserStatus.FORCE_CHANGE_PASSWORD:
        return Next(ChallengeName.NEW_PASSWORD_REQUIRED)
    return Done()
