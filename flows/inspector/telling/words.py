"""One call in few words: for diagrams, slides, transcripts and comparisons alike."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import get_text_list

from flows.inspector.entries import Call, Tree, TriggerCall
from flows.inspector.masking.masks import is_mask

_GROUPS = ("AuthParameters", "ChallengeResponses")
_ABOUT = frozenset({*_GROUPS, "AuthFlow", "ChallengeName", "ClientId", "UserPoolId"})
_CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")


def answered(call: Call) -> str:
    """The AuthFlow that it begins or the ChallengeName that it answers; empty for any other operation."""
    return str(call.request.get("AuthFlow") or call.request.get("ChallengeName") or "")


def subject(call: Call) -> str:
    """The operation and what it is about: ``InitiateAuth USER_SRP_AUTH``."""
    return f"{call.operation} {answered(call)}".rstrip()


def brings(call: Call) -> tuple[str, ...]:
    """Names of the members that the request carries, those of its groups first."""
    grouped = (name for group in _GROUPS for name in _members(call.request.get(group)))
    return (*grouped, *(name for name in call.request if name not in _ABOUT))


def outcome(call: Call) -> str:
    """The exception, the ChallengeName that came back, ``TOKENS``, or ``done``."""
    return call.error or call.asked or "done"


def gives(call: Call) -> tuple[str, ...]:
    """Names of what the answer brings: of the challenge, the tokens, or the answer itself."""
    answer = _members(call.answer)
    for group in ("AuthenticationResult", "ChallengeParameters"):
        if members := _members(answer.get(group)):
            return tuple(members)
    return tuple(name for name in answer if name not in ("ChallengeName", "ChallengeParameters"))


def decided(trigger: TriggerCall) -> str:
    """What a function said that counts: ``challengeName CUSTOM_CHALLENGE``."""
    if trigger.error:
        return f"fails: {trigger.error}"
    said = _members(_members(trigger.answer).get("response"))
    told = [f"{name} {_text(value)}" for name, value in said.items() if _counts(name, value)]
    return ", ".join(told) or "changes nothing"


def route(call: Call) -> str:
    """The browser's request that led to it, such as ``POST /sign-in/<attempt>/``; empty where nobody knows."""
    if not call.via:
        return ""
    path = _CONVERTER.sub(r"<\1>", str(call.via["route"]))
    return f"{call.via['method']} /{path}"


def listed(names: Sequence[str]) -> str:
    """``a, b and c``."""
    return get_text_list(list(names), "and")


def _members(tree: Tree) -> Mapping[str, Any]:
    return tree if isinstance(tree, dict) and not is_mask(tree) else {}


def _counts(name: str, value: Tree) -> bool:
    """A function's answer names everything that it could say; what it left as it was is no news."""
    return value not in (None, "", [], {}) and (value is not False or name == "answerCorrect")


def _text(value: Tree) -> str:
    if is_mask(value):
        return "••••••"
    if isinstance(value, dict):
        return f"({', '.join(value)})"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
