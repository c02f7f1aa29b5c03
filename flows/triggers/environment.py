"""Typed readers of environment variables, the only settings that a Lambda function has.

Each raises ``SettingWrong`` with words for whoever set it up; Cognito passes such words on to the client, so they name
variables and never values.
"""

import os
from decimal import Decimal, InvalidOperation

ON, OFF = {"1", "on", "true", "yes"}, {"", "0", "off", "false", "no"}


class SettingWrong(Exception):
    """An environment variable is missing or cannot be understood."""


def text(name: str, default: str | None = None) -> str:
    """What the variable holds, without blanks around it. One that is empty counts as not set."""
    value = os.environ.get(name, "").strip() or default
    if value is None:
        raise SettingWrong(f"The environment variable {name} is not set")
    return value


def given(name: str) -> bool:
    """Whether the variable holds anything."""
    return bool(text(name, ""))


def secret(name: str, *, shortest: int) -> bytes:
    """A key of at least so many characters."""
    value = text(name).encode()
    if len(value) < shortest:
        raise SettingWrong(f"The environment variable {name} is shorter than {shortest} characters")
    return value


def whole(name: str, default: int, *, least: int = 0) -> int:
    """A whole number."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit() and int(value) >= least):
        raise SettingWrong(f"The environment variable {name} is no whole number from {least}")
    return int(value)


def fraction(name: str, default: str) -> float:
    """A number from 0 to 1."""
    try:
        value = Decimal(text(name, default))
    except InvalidOperation:
        value = Decimal("NaN")
    if value.is_nan() or not 0 <= value <= 1:
        raise SettingWrong(f"The environment variable {name} is no number from 0 to 1")
    return float(value)


def switch(name: str) -> bool:
    """on or off; off when not set."""
    value = text(name, "").lower()
    if value not in ON | OFF:
        raise SettingWrong(f"The environment variable {name} is neither on nor off")
    return value in ON


def words(name: str, default: str = "") -> tuple[str, ...]:
    """Comma-separated, blanks around each ignored."""
    return tuple(word.strip() for word in text(name, default).split(",") if word.strip())


def pairs(name: str) -> dict[str, str]:
    """``a=b,c=d``."""
    found = [word.partition("=") for word in words(name)]
    if not all(key and value for key, _, value in found):
        raise SettingWrong(f"The environment variable {name} is not of the form a=b,c=d")
    return {key: value for key, _, value in found}
