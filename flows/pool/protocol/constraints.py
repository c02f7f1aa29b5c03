"""What the service model demands of one value, as Cognito words it when the value does not comply.

The texts and their order (length before pattern) are those of live answers (docs/protocol/transport.md).
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import regex
from botocore.model import Shape

# Live answers name a newer password pattern than the published model, one that allows inner spaces.
_PATTERNS = {"PasswordType": r"^[\S]+.*[\S]+$"}
# Some published patterns backtrack badly: what takes longer than this does not match. Short values cannot, and watching
# the clock costs more than they do.
_PATTERN_SECONDS = 1.0
_SHORT = 512

# Java's classes are ASCII, while \p{L} and its like are not: no flag of Python's says both at once.
_JAVA = {"w": r"a-zA-Z0-9_", "d": "0-9", "s": r"\t\n\x0b\f\r "}
_JAVA_NEGATED = {r"[\S]": r"[^\t\n\x0b\f\r ]"}


@dataclass(frozen=True, slots=True)
class Constraint:
    """One demand; ``text`` is the tail of Cognito's sentence."""

    text: str
    holds: Callable[[Any], bool]


NOT_NULL = Constraint("Member must not be null", lambda value: value is not None)


@functools.cache
def constraints_of(shape: Shape) -> tuple[Constraint, ...]:
    """Every demand on a value of ``shape`` itself, not on what it contains."""
    measure, noun = (_itself, "value") if shape.type_name in ("integer", "long") else (len, "length")
    found = []
    if (most := shape.metadata.get("max")) is not None:
        text = f"Member must have {noun} less than or equal to {most}"
        found.append(Constraint(text, lambda value: measure(value) <= most))
    if (least := shape.metadata.get("min")) is not None:
        text = f"Member must have {noun} greater than or equal to {least}"
        found.append(Constraint(text, lambda value: measure(value) >= least))
    if pattern := _PATTERNS.get(shape.name, shape.metadata.get("pattern")):
        text = f"Member must satisfy regular expression pattern: {pattern}"
        found.append(Constraint(text, functools.partial(_matches, _compile(pattern))))
    if values := shape.metadata.get("enum"):
        text = f"Member must satisfy enum value set: [{', '.join(values)}]"
        found.append(Constraint(text, frozenset(values).__contains__))
    return tuple(found)


def _itself(value: int) -> int:
    return value


def _matches(pattern: "regex.Pattern[str]", value: str) -> bool:
    if len(value) <= _SHORT:
        return pattern.fullmatch(value) is not None
    try:
        return pattern.fullmatch(value, timeout=_PATTERN_SECONDS) is not None
    except TimeoutError:
        return False


def _compile(java: str) -> "regex.Pattern[str]":
    """The pattern in Python's words; ``regex.WORD`` makes the dot stop at every line end, as Java's does."""
    for there, here in _JAVA_NEGATED.items():
        java = java.replace(there, here)
    inside = False
    parts, characters = [], iter(java)
    for character in characters:
        if character == "\\" and (escaped := next(characters)) in _JAVA:
            parts.append(_JAVA[escaped] if inside else f"[{_JAVA[escaped]}]")
            continue
        inside = character == "[" or (inside and character != "]")
        parts.append(f"\\{escaped}" if character == "\\" else character)
    return regex.compile("".join(parts), flags=regex.WORD)
