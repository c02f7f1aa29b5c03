"""SMS_MFA: a code by text message, as the second factor after a password."""

from collections.abc import Mapping
from typing import Any

from flows.pool.attempt import Attempt
from flows.pool.challenges.recovery import refuse as recover
from flows.pool.factors import one_time_codes
from flows.pool.outcomes import Onward, Outcome
from flows.pool.tools import Tools
from flows.terms import ChallengeName

NAME = ChallengeName.SMS_MFA
_KIND = one_time_codes.Kind(
    name=NAME, attribute="phone_number", digits=one_time_codes.MFA_DIGITS, answer="SMS_MFA_CODE"
)

__all__ = ["NAME", "ask", "check", "recover"]


def ask(attempt: Attempt, tools: Tools) -> Onward:
    return one_time_codes.ask(_KIND, attempt, tools)


def check(attempt: Attempt, private: Mapping[str, Any], responses: Mapping[str, str], tools: Tools) -> Outcome:
    return one_time_codes.check(_KIND, attempt, private, responses, tools)
