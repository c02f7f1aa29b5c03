"""Reading JSON that may be hostile: a request body is one object in UTF-8, or SerializationException (T130, T131).

Python's parser alone lets through what other parsers read differently (duplicate members, NaN) and what a database
cannot store (lone surrogates, NUL), and raises other errors than its own for deep nesting and long numbers.
"""

import json
import math
import re
from typing import Any

from flows.pool.errors.protocol import serialization

_NO_TEXT = re.compile("[\0\ud800-\udfff]")  # NUL, and halves of surrogate pairs
MAXIMUM_DEPTH = 64  # the deepest request in the service model nests seven levels


class Unreadable(ValueError):
    """Says what the JSON is or has: "is not valid JSON"."""


def parse(body: bytes) -> dict[str, Any]:
    """The object in ``body``, which a client sent; an empty body is an empty object."""
    if not body:
        return {}
    try:
        value = load(body)
    except Unreadable as error:
        raise serialization(f"The request body {error}.") from error
    if not isinstance(value, dict):
        raise serialization("The request body must be a JSON object.")
    return value


def load(text: bytes) -> Any:
    """The value in ``text``, of any kind. Raises ``Unreadable``."""
    try:
        value = json.loads(
            text.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_finite
        )
    except (ValueError, RecursionError) as error:  # JSONDecodeError and UnicodeDecodeError are ValueErrors
        raise Unreadable("is not valid JSON") from error
    _refuse_unstorable(value)
    return value


def storable(text: str) -> str:
    """``text`` with U+FFFD for every character that is none."""
    return _NO_TEXT.sub("\ufffd", text)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("duplicate member")
    return members


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _finite(text: str) -> float:
    if not math.isfinite(number := float(text)):
        raise ValueError("number out of range")
    return number


def _refuse_unstorable(value: Any) -> None:
    """Walk without recursion, so that depth is a limit and not a crash."""
    waiting = [(value, 1)]
    while waiting:
        item, depth = waiting.pop()
        if depth > MAXIMUM_DEPTH:
            raise Unreadable("is nested too deeply")
        if isinstance(item, dict):
            waiting += [(part, depth + 1) for pair in item.items() for part in pair]
        elif isinstance(item, list):
            waiting += [(part, depth + 1) for part in item]
        elif isinstance(item, str) and _NO_TEXT.search(item):
            raise Unreadable("has a character that is no text")
