"""Every order in which challenges can follow each other, by asking ``flows.pool.policy`` in every situation.

What a right answer to a challenge leads to is the challenge's own word where it is a choice, and Passed where it is a
proof. Nothing is proved here: tests/flows/test_orders.py does that, for every order that is found. Of CUSTOM_AUTH there
is nothing to find: its order is whatever the pool's function says.
"""

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from flows.management.orders import scratch, situations
from flows.management.orders.situations import Situation
from flows.pool import challenges, policy
from flows.pool.attempt import Attempt
from flows.pool.auth_flows import user_auth
from flows.pool.outcomes import Ask, Done, Next, Outcome, Passed
from flows.pool.reasons import Because
from flows.pool.tools import Tools
from flows.terms import AuthFlow, FirstFactor, UserStatus
from flows.terms import ChallengeName as C

Order = tuple[C, ...]  # challenges as they are met, the first factor first

_TOOLS = Tools(endpoint="", deliver=lambda _pool_id, _message: None)
# SRP takes two rounds, and the second is about nothing but the first. To ask for it takes a client's arithmetic.
_SECOND_ROUND = {
    C.PASSWORD_SRP: (C.PASSWORD_VERIFIER, Because.SRP_A_GIVEN),
    C.DEVICE_SRP_AUTH: (C.DEVICE_PASSWORD_VERIFIER, Because.DEVICE_SRP_A_GIVEN),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """An AuthFlow; of USER_AUTH also PREFERRED_CHALLENGE, empty for none."""

    flow: AuthFlow
    preferred: str = ""


BEGINNINGS = (
    Beginning(flow=AuthFlow.USER_SRP_AUTH),
    Beginning(flow=AuthFlow.USER_PASSWORD_AUTH),
    Beginning(flow=AuthFlow.ADMIN_USER_PASSWORD_AUTH),
    Beginning(flow=AuthFlow.USER_AUTH),
    *(Beginning(flow=AuthFlow.USER_AUTH, preferred=factor) for factor in FirstFactor),
)


@cache
def everywhere() -> Mapping[tuple[Beginning, Situation], tuple[Order, ...]]:
    """The orders that are legal in each situation after each beginning, the plain situations first. A preference that
    is not to be had has none: it counts as no preference."""
    found = {}
    with scratch.database():
        for situation in situations.every():
            client, user, device_key = scratch.make(situation)
            for beginning in BEGINNINGS:
                attempt = Attempt(
                    client=client,
                    user=user,
                    typed_name=user.username,
                    auth_flow=beginning.flow,
                    device_key=device_key,
                )
                found[beginning, situation] = tuple(_begun(beginning, attempt))
    return found


def legal() -> Mapping[Order, Mapping[Beginning, Situation]]:
    """Each order once; how it can begin, and the plainest situation in which it then comes about."""
    orders: dict[Order, dict[Beginning, Situation]] = {}
    for (beginning, situation), found in everywhere().items():
        for order in found:
            orders.setdefault(order, {}).setdefault(beginning, situation)
    return orders


def _begun(beginning: Beginning, attempt: Attempt) -> Iterator[Order]:
    if beginning.flow == AuthFlow.USER_AUTH:
        wanted = {"PREFERRED_CHALLENGE": beginning.preferred} if beginning.preferred else {}
        outcome = user_auth.start(attempt, wanted, _TOOLS)
        put = outcome.challenge if isinstance(outcome, Next) else None
        not_to_be_had = beginning.preferred and put == C.SELECT_CHALLENGE
        return iter(()) if not_to_be_had else _onward(attempt, outcome, ())
    if beginning.flow == AuthFlow.USER_SRP_AUTH:
        return _onward(attempt, Next(C.PASSWORD_VERIFIER, Because.SRP_A_GIVEN), ())
    return _onward(attempt, Passed(C.PASSWORD), (C.PASSWORD,))  # the call itself brings the proof


def _onward(attempt: Attempt, outcome: Outcome, met: Order) -> Iterator[Order]:
    """Every way from here to the tokens."""
    match outcome:
        case Done():
            yield met
        case Passed(challenge):
            attempt = _changed(attempt.with_round(challenge), challenge)
            yield from _onward(attempt, policy.next_after(attempt), met)
        case Next(challenge):
            for answered in _answered(challenge, attempt):
                yield from _onward(attempt, answered, (*met, challenge))


def _answered(challenge: C, attempt: Attempt) -> Iterator[Outcome]:
    """What each right answer to ``challenge`` comes to."""
    if challenge in _SECOND_ROUND:
        yield Next(*_SECOND_ROUND[challenge])
    elif challenge not in _CHOICES:
        yield Passed(challenge)
    else:
        module = challenges.get(challenge)
        asked = module.ask(attempt, _TOOLS)
        for private, answer in _CHOICES[challenge](asked) if isinstance(asked, Ask) else ():
            yield module.check(attempt, private, answer, _TOOLS)


def _changed(attempt: Attempt, passed: C) -> Attempt:
    """With the one effect that the policy goes by."""
    if passed != C.NEW_PASSWORD_REQUIRED or attempt.user is None:
        return attempt
    user = copy.copy(attempt.user)
    user.status = UserStatus.CONFIRMED
    return replace(attempt, user=user)


# -- Right answers to choices: what the Session keeps, and ChallengeResponses ------------------------------------------
_Answers = Iterator[tuple[dict[str, Any], dict[str, str]]]


def _first_factors(asked: Ask) -> _Answers:
    return (({}, {"ANSWER": factor}) for factor in asked.available)


def _second_factors(asked: Ask) -> _Answers:
    return (({}, {"ANSWER": factor}) for factor in json.loads(asked.parameters["MFAS_CAN_CHOOSE"]))


def _set_ups(asked: Ask) -> _Answers:
    answers: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
        C.SOFTWARE_TOKEN_MFA: ({"proved": True}, {}),
        C.EMAIL_OTP: ({}, {"EMAIL": "new@example.com"}),
    }
    return (answers[factor] for factor in json.loads(asked.parameters["MFAS_CAN_SETUP"]))


_CHOICES: Mapping[C, Callable[[Ask], _Answers]] = {
    C.SELECT_CHALLENGE: _first_factors,
    C.SELECT_MFA_TYPE: _second_factors,
    C.MFA_SETUP: _set_ups,
}
