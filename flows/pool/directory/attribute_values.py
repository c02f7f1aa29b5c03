"""Values of user attributes against the pool's schema: known, of the declared type, well formed."""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flows.pool.directory import schema
from flows.pool.errors import invalid_parameter
from flows.pool.errors.users import attribute_not_declared, attribute_not_mutable, attribute_value
from flows.pool.models import UserPool

_EMAIL = re.compile(r"[^@\s\x00-\x1f\x7f]{1,64}@[^@\s\x00-\x1f\x7f.]+(\.[^@\s\x00-\x1f\x7f.]+)+")
_PHONE = re.compile(r"\+[1-9][0-9]{1,14}", re.ASCII)  # E.164
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")  # float() reads full-width digits and "_" too
_BIRTHDATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def from_pairs(pairs: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """``[{"Name", "Value"}]`` as a mapping; a missing Value is the empty text."""
    return {pair["Name"]: pair.get("Value", "") for pair in pairs}


def is_email(text: str) -> bool:
    return _EMAIL.fullmatch(text) is not None


def is_phone_number(text: str) -> bool:
    return _PHONE.fullmatch(text) is not None


def require_valid(pool: UserPool, values: Mapping[str, str]) -> None:
    """Raise InvalidParameterException unless every value is one that the pool's schema allows.

    ``sub`` is the pool's own and may never be given.
    """
    known = schema.of(pool)
    for name, value in values.items():
        if name == "sub":
            raise attribute_not_mutable(name)
        if name not in known:
            raise attribute_not_declared(name)
        if value:
            _TYPES[known[name]["AttributeDataType"]](name, value, known[name])
            _require_well_formed(name, value)


def _require_well_formed(name: str, value: str) -> None:
    for named, holds, text in _FORMATS:
        if name == named and not holds(value):
            raise invalid_parameter(text)


_FORMATS: tuple[tuple[str, Callable[[str], Any], str], ...] = (
    ("email", is_email, "Invalid email address format."),
    ("phone_number", is_phone_number, "Invalid phone number format."),
    ("birthdate", _BIRTHDATE.fullmatch, "Invalid birthdate format: it must be YYYY-MM-DD."),
)


def _require_string(name: str, value: str, entry: Mapping[str, Any]) -> None:
    limits = entry.get("StringAttributeConstraints", {})
    if len(value) < int(limits.get("MinLength", 0)):
        raise attribute_value(name, f"String must be at least {limits['MinLength']} characters long")
    if len(value) > int(limits.get("MaxLength", 2048)):
        raise attribute_value(name, f"String must be no longer than {limits['MaxLength']} characters")


def _require_number(name: str, value: str, entry: Mapping[str, Any]) -> None:
    limits = entry.get("NumberAttributeConstraints", {})
    number = float(value) if _NUMBER.fullmatch(value) else math.nan
    if not math.isfinite(number):
        raise attribute_value(name, "Value is not a number")
    if number < float(limits.get("MinValue", -math.inf)) or number > float(limits.get("MaxValue", math.inf)):
        raise attribute_value(name, "Number is out of range")


def _require_boolean(name: str, value: str, entry: Mapping[str, Any]) -> None:
    if value.lower() not in ("true", "false"):
        raise attribute_value(name, "Value is not a boolean")


def _require_moment(name: str, value: str, entry: Mapping[str, Any]) -> None:
    """The notes name no format for DateTime; any text is stored."""


_TYPES: Mapping[str, Callable[[str, str, Mapping[str, Any]], None]] = {
    "String": _require_string,
    "Number": _require_number,
    "Boolean": _require_boolean,
    "DateTime": _require_moment,
}
