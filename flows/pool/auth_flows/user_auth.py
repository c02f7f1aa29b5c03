"""USER_AUTH: the user chooses how to sign in, among what the pool and they themselves have."""

from collections.abc import Mapping

from flows.pool import clients
from flows.pool.attempt import Attempt
from flows.pool.challenges import select_challenge
from flows.pool.control_plane import tiers
from flows.pool.errors import invalid_parameter
from flows.pool.errors.users import user_does_not_exist
from flows.pool.factors import first_factors
from flows.pool.outcomes import Next, Outcome
from flows.pool.reasons import Because
from flows.pool.tools import Tools
from flows.terms import ChallengeName, FirstFactor

CLIENT_SETTING = "ALLOW_USER_AUTH"
NOT_ENABLED = "USER_AUTH flow not enabled for this client"
REQUIRED = ("USERNAME",)


def start(attempt: Attempt, parameters: Mapping[str, str], tools: Tools) -> Outcome:
    """The preferred factor's challenge; the choice, when none is preferred or it is not to be had.

    A client with LEGACY errors is told at once that nobody is called so.
    """
    tiers.require_choice(attempt.pool)
    preferred = parameters.get("PREFERRED_CHALLENGE")
    if preferred and preferred not in tuple(FirstFactor):
        raise invalid_parameter(f"Unrecognized preferred challenge {preferred[:32]!r}.")  # no live text known
    if attempt.user is None and not clients.hides_user_existence(attempt.client):
        raise user_does_not_exist()
    if preferred in first_factors.available(attempt):
        why = Because.PREFERRED.format(factor=preferred)
        return select_challenge.begin(preferred, attempt, parameters, tools, why=why)
    why = Because.PREFERRED_IN_VAIN.format(factor=preferred) if preferred else Because.NOTHING_PREFERRED
    return Next(ChallengeName.SELECT_CHALLENGE, why)
