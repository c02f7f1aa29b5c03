"""From what went over the wire to what may be seen and kept. Nothing is stored before it has been here."""

import base64
import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from flows.inspector.entries import Tree
from flows.inspector.masking import allowed
from flows.inspector.masking.masks import MASKED, mask

_LONGEST = 4096  # characters of a value that is shown; SRP_A has 768
_TELLING = 8  # characters of a masked value from which on it is looked for in what is shown
_TELLING_IN_MESSAGES = 4
_HIDDEN = "•••"
_CODE = re.compile(r"(?<!\w)\d{4,10}(?!\w)")  # as functions make them up: nobody has told us which it is
_TOKENS = frozenset({"AccessToken", "IdToken"})


def tree(whole: Mapping[str, Any]) -> Tree:
    """A request, an answer or a trigger's event, with every value masked that ``allowed`` does not name; and those that
    repeat one that is."""
    return without(_walk(whole, (), whole), secrets_of(whole))


def message(text: str, *wholes: Mapping[str, Any], by_function: bool = False) -> str:
    """What Cognito said. Its texts, and functions', may repeat what somebody typed, as it is or as a language quotes
    it; ``wholes`` are where that stands. The text of a function may have a code in it that stands nowhere else."""
    secrets = {form for whole in wholes for secret in secrets_of(whole) for form in _written(secret)}
    telling = sorted((secret for secret in secrets if len(secret) >= _TELLING_IN_MESSAGES), key=len, reverse=True)
    if telling:
        text = re.sub("|".join(map(re.escape, telling)), _HIDDEN, text, flags=re.IGNORECASE)
    return (_CODE.sub(_HIDDEN, text) if by_function else text)[:_LONGEST]


def _written(secret: str) -> set[str]:
    return {secret, repr(secret)[1:-1], json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}


def without(shown: Tree, secrets: frozenset[str]) -> Tree:
    """``shown`` with every text masked that has one of ``secrets`` in it."""
    telling = [secret for secret in secrets if len(secret) >= _TELLING]
    return _without(shown, telling) if telling else shown


def secrets_of(whole: Mapping[str, Any]) -> frozenset[str]:
    """Every text that ``tree`` masks, in full."""
    return frozenset(_hidden(whole, (), whole))


def _without(shown: Tree, secrets: list[str]) -> Tree:
    match shown:
        case dict() if MASKED in shown:
            return shown
        case dict():
            return {name: _without(value, secrets) for name, value in shown.items()}
        case list():
            return [_without(value, secrets) for value in shown]
        case str() if any(secret in shown for secret in secrets):
            return mask("repeats a secret")
    return shown


def _walk(value: Any, path: allowed.Path, whole: Mapping[str, Any]) -> Tree:
    match value:
        case {"Name": str(name), "Value": str(text)} if len(value) == 2:  # AttributeType
            return {"Name": name, "Value": text if name in allowed.ATTRIBUTES else mask(name)}
        case dict():
            return {_name(name): _walk(each, (*path, str(name)), whole) for name, each in value.items()}
        case list() | tuple():
            return [_walk(each, (*path, str(at)), whole) for at, each in enumerate(value)]
        case datetime():
            value = value.isoformat()
    if not allowed.is_shown(path, value, whole):
        return _masked(path[-1] if path else "value", value)
    if path in allowed.ATTRIBUTES_IN_JSON and isinstance(value, str):
        value = _attributes(value)
    if isinstance(value, str) and len(value) > _LONGEST:
        return mask(f"{path[-1]}, {len(value)} characters", value)
    return value if isinstance(value, str | int | float | bool | None) else mask(path[-1])


def _name(name: Any) -> str:
    """A member that is called like a mask is none."""
    return f"${name}" if name == MASKED else str(name)


def _attributes(text: str) -> Tree:
    """A document of attributes within a text; those that may not be seen are dots in it."""
    found = _read(text)
    if found is None:
        return mask("attributes")
    if not (hidden := found.keys() - allowed.ATTRIBUTES):
        return text
    return json.dumps({name: _HIDDEN if name in hidden else each for name, each in found.items()}, ensure_ascii=False)


def _read(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _masked(name: str, value: Any) -> Tree:
    if value is None:
        return None
    if name not in allowed.FINGERPRINTED:
        return mask(name)
    masked: dict[str, Any] = mask(name, value)
    return masked | {"claims": _claims(value)} if name in _TOKENS else masked


def _claims(token: Any) -> dict[str, Any]:
    """What a token says, as far as it may be seen; unverified, for the portal has done that or will."""
    try:
        payload = str(token).split(".")[1]
        said = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return {name: value for name, value in said.items() if name in allowed.CLAIMS}
    except (IndexError, ValueError, AttributeError):
        return {}


def _hidden(value: Any, path: allowed.Path, whole: Mapping[str, Any]) -> Iterator[str]:
    match value:
        case {"Name": str(name), "Value": str(text)} if len(value) == 2:
            if name not in allowed.ATTRIBUTES:
                yield text
        case dict():
            for name, each in value.items():
                yield from _hidden(each, (*path, str(name)), whole)
        case list() | tuple():
            for at, each in enumerate(value):
                yield from _hidden(each, (*path, str(at)), whole)
        case str() if path in allowed.ATTRIBUTES_IN_JSON:
            yield from (str(each) for name, each in (_read(value) or {}).items() if name not in allowed.ATTRIBUTES)
        case str() if not allowed.is_shown(path, value, whole):
            yield value
