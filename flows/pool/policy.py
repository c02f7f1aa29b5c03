"""What a user owes next. Decided here, once, for every flow; only the engine asks."""

from flows.pool import custom_policy, owed
from flows.pool.attempt import Attempt
from flows.pool.outcomes import Onward
from flows.terms import AuthFlow


def next_after(attempt: Attempt) -> Onward:
    """The challenge that follows the rounds so far, or Done. In CUSTOM_AUTH a Lambda function decides."""
    return custom_policy.next_after(attempt) if attempt.auth_flow == AuthFlow.CUSTOM_AUTH else _built_in(attempt)


def _built_in(attempt: Attempt) -> Onward:
    first = owed.for_the_first_factor(attempt)
    return first.onward() if first.challenge else owed.before_tokens(attempt).onward(first.why)
