"""SELECT_MFA_TYPE: the user chooses among several second factors, none of them preferred."""

import json
from collections.abc import Mapping
from typing import Any

from flows.pool.attempt import Attempt
from flows.pool.challenges.recovery import refuse as recover
from flows.pool.errors import invalid_parameter, missing_parameter
from flows.pool.factors import mfa
from flows.pool.outcomes import Ask, Next, Onward, Outcome
from flows.pool.reasons import Because
from flows.pool.tools import Tools
from flows.terms import ChallengeName

NAME = ChallengeName.SELECT_MFA_TYPE
# The API reference calls e-mail EMAIL_MFA here; the developer guide and every client call it EMAIL_OTP.
_ALSO_CALLED = {"EMAIL_MFA": ChallengeName.EMAIL_OTP}

__all__ = ["NAME", "ask", "check", "recover"]


def ask(attempt: Attempt, tools: Tools) -> Onward:
    return Ask(
        challenge=NAME,
        parameters={"MFAS_CAN_CHOOSE": json.dumps(_choices(attempt)), "USER_ID_FOR_SRP": attempt.username},
    )


def check(attempt: Attempt, private: Mapping[str, Any], responses: Mapping[str, str], tools: Tools) -> Outcome:
    """On to the chosen factor. One that the user does not have is refused, and the choice stays open (T054)."""
    answer = responses.get("ANSWER")
    if not answer:
        raise missing_parameter("ANSWER")
    chosen = _ALSO_CALLED.get(answer, answer)
    if chosen not in _choices(attempt):
        raise invalid_parameter("The selected MFA type is not available for the user.")
    return Next(ChallengeName(chosen), Because.CHOSEN.format(challenge=NAME, factor=answer))


def _choices(attempt: Attempt) -> list[ChallengeName]:
    return mfa.choices(attempt.user) if attempt.user else []
