"""PASSWORD: the password itself, as a first factor of USER_AUTH."""

from collections.abc import Mapping
from typing import Any

from flows.pool.attempt import Attempt
from flows.pool.challenges.recovery import refuse as recover
from flows.pool.errors import missing_parameter
from flows.pool.factors import password
from flows.pool.outcomes import Ask, Onward, Outcome
from flows.pool.tools import Tools
from flows.terms import ChallengeName

NAME = ChallengeName.PASSWORD

__all__ = ["NAME", "ask", "check", "recover"]


def ask(attempt: Attempt, tools: Tools) -> Onward:
    return Ask(challenge=NAME, parameters={})


def check(attempt: Attempt, private: Mapping[str, Any], responses: Mapping[str, str], tools: Tools) -> Outcome:
    if not responses.get("PASSWORD"):
        raise missing_parameter("PASSWORD")
    return password.start(attempt, responses, tools)
