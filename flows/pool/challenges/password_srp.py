"""PASSWORD_SRP: the client's SRP_A, as a first factor of USER_AUTH; the proof is asked next."""

from collections.abc import Mapping
from typing import Any

from flows.pool.attempt import Attempt
from flows.pool.challenges import password_verifier
from flows.pool.challenges.recovery import refuse as recover
from flows.pool.outcomes import Ask, Onward, Outcome
from flows.pool.proofs import secret_blocks
from flows.pool.tools import Tools
from flows.terms import ChallengeName

NAME = ChallengeName.PASSWORD_SRP

__all__ = ["NAME", "ask", "check", "recover"]


def ask(attempt: Attempt, tools: Tools) -> Onward:
    return Ask(challenge=NAME, parameters={})


def check(attempt: Attempt, private: Mapping[str, Any], responses: Mapping[str, str], tools: Tools) -> Outcome:
    public = secret_blocks.read_public_value(responses)
    return password_verifier.ask_for_proof(attempt, public, tools, with_session=True)
