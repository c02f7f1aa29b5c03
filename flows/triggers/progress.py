"""How far an attempt has come: the rounds that Cognito hands over as ``session``, walked along the plan.

DefineAuthChallenge and CreateAuthChallenge see the same rounds and must reach the same conclusion, so both call
``next_after`` and nothing else decides. Whatever cannot have come about by this state machine fails the attempt.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flows.triggers.events import CUSTOM_CHALLENGE
from flows.triggers.kinds import KINDS, kind_and_detail
from flows.triggers.plan import Plan, available

SRP_A = "SRP_A"
PASSWORD_VERIFIER = "PASSWORD_VERIFIER"
NEW_PASSWORD_REQUIRED = "NEW_PASSWORD_REQUIRED"
FORCE_CHANGE_PASSWORD = "FORCE_CHANGE_PASSWORD"
# What Cognito puts between by itself, and tells of afterwards ("Define Auth challenge Lambda trigger", challengeName).
BY_COGNITO = {
    *("SMS_MFA", "EMAIL_OTP", "SOFTWARE_TOKEN_MFA", "SELECT_MFA_TYPE", "MFA_SETUP"),
    *("DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER", NEW_PASSWORD_REQUIRED),
}


@dataclass(frozen=True, slots=True)
class Ask:
    """Put this challenge next; ``kind`` and ``earlier`` (see ``Person.earlier``) are for CUSTOM_CHALLENGE."""

    challenge_name: str
    kind: str = ""
    earlier: str | None = None


class Passed:
    """Every question was answered: tokens."""


class Failed:
    """No tokens, and no further question."""


@dataclass(slots=True)
class _Walk:
    """Where the rounds so far lead."""

    srp: bool = False
    password_proven: bool = False
    new_password_set: bool = False
    steps_passed: int = 0
    wrong: int = 0  # in the step at hand
    kind: str = ""  # asked last in it
    earlier: str | None = None


def next_after(
    plan: Plan, rounds: Sequence[Mapping[str, Any]], *, wanted: str, user_status: str, exists: bool
) -> Ask | Passed | Failed:
    """What follows these rounds. ``wanted`` is the kind that the client would like, among those of the step."""
    walk = _walked(plan, rounds)
    if walk is None or walk.wrong >= plan.tries or (plan.needs_password and not walk.srp):
        return Failed()
    if _awaits_password(plan, walk):
        return Ask(PASSWORD_VERIFIER)
    if walk.password_proven and user_status == FORCE_CHANGE_PASSWORD and not walk.new_password_set:
        return Ask(NEW_PASSWORD_REQUIRED)
    if walk.steps_passed < len(plan.steps):
        return _question(plan.steps[walk.steps_passed], walk, wanted)
    return Passed() if exists and (plan.steps or walk.password_proven) else Failed()


def _question(kinds: tuple[str, ...], walk: _Walk, wanted: str) -> Ask:
    wanted = available(wanted) if wanted in KINDS else ""
    kind = wanted if wanted in kinds else walk.kind or kinds[0]
    return Ask(CUSTOM_CHALLENGE, kind, walk.earlier if kind == walk.kind else None)


def _awaits_password(plan: Plan, walk: _Walk) -> bool:
    return walk.srp and not walk.password_proven and not plan.password_is_dummy


def _walked(plan: Plan, rounds: Sequence[Mapping[str, Any]]) -> _Walk | None:
    """None when a round is one that cannot be."""
    walk = _Walk()
    for number, each in enumerate(rounds):
        name, passed = each["challengeName"], each["challengeResult"] is True
        if name == CUSTOM_CHALLENGE:
            possible = not _awaits_password(plan, walk) and _custom(plan, walk, each, passed=passed)
        elif name == SRP_A:
            possible = walk.srp = passed and number == 0
        elif name == PASSWORD_VERIFIER:
            possible = walk.password_proven = passed and walk.srp
        else:
            possible = passed and name in BY_COGNITO
            walk.new_password_set |= name == NEW_PASSWORD_REQUIRED
        if not possible:
            return None
    return walk


def _custom(plan: Plan, walk: _Walk, each: Mapping[str, Any], *, passed: bool) -> bool:
    """Takes a question's round into account; False when it was not its turn."""
    kind, detail = kind_and_detail(each.get("challengeMetadata"))
    if kind is None or walk.wrong >= plan.tries or kind not in _turn(plan, walk):
        return False
    if passed:
        walk.steps_passed, walk.wrong, walk.kind, walk.earlier = walk.steps_passed + 1, 0, "", None
    else:
        walk.wrong, walk.kind, walk.earlier = walk.wrong + 1, kind, detail or None
    return True


def _turn(plan: Plan, walk: _Walk) -> tuple[str, ...]:
    return plan.steps[walk.steps_passed] if walk.steps_passed < len(plan.steps) else ()
