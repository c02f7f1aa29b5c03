"""SELECT_CHALLENGE: the client chooses a first factor among those that the user can use (USER_AUTH).

Amplify answers it also while a chosen factor waits: it sends the password under this name, and a change of mind.
"""

from collections.abc import Mapping
from typing import Any

from flows.pool.attempt import Attempt
from flows.pool.challenges import password_srp, web_authn
from flows.pool.challenges.recovery import refuse as recover
from flows.pool.errors import invalid_parameter, missing_parameter
from flows.pool.factors import first_factors, password
from flows.pool.outcomes import Ask, Next, Onward, Outcome
from flows.pool.reasons import Because
from flows.pool.tools import Tools
from flows.terms import ChallengeName, FirstFactor

NAME = ChallengeName.SELECT_CHALLENGE
ALSO_ANSWERS = frozenset({ChallengeName.PASSWORD, ChallengeName.PASSWORD_SRP, ChallengeName.WEB_AUTHN})

__all__ = ["ALSO_ANSWERS", "NAME", "ask", "begin", "check", "recover"]


def ask(attempt: Attempt, tools: Tools) -> Onward:
    return Ask(challenge=NAME, parameters={}, available=first_factors.available(attempt))


def check(attempt: Attempt, private: Mapping[str, Any], responses: Mapping[str, str], tools: Tools) -> Outcome:
    """On to the chosen factor; or past it, when the answer brings its proof along. That of a passkey can only be of the
    challenge that waits; without one, it is asked first."""
    answer = responses.get("ANSWER")
    if not answer:
        raise missing_parameter("ANSWER")
    if answer not in first_factors.available(attempt):
        raise invalid_parameter("The selected challenge is not available for the user.")
    if answer == web_authn.NAME and responses.get("CREDENTIAL") and web_authn.waits(private):
        return web_authn.check(attempt, private, responses, tools)
    why = Because.CHOSEN.format(challenge=NAME, factor=answer)
    return begin(answer, attempt, responses, tools, why=why)


def begin(factor: str, attempt: Attempt, given: Mapping[str, str], tools: Tools, *, why: str) -> Outcome:
    """The factor's challenge, and ``why``; or what follows it, when ``given`` brings the answer along."""
    if factor == FirstFactor.PASSWORD and given.get("PASSWORD"):
        return password.start(attempt, given, tools)
    if factor == FirstFactor.PASSWORD_SRP and given.get("SRP_A"):
        return password_srp.check(attempt, {}, given, tools)
    return Next(ChallengeName(factor), why)
