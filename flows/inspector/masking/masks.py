"""What stands in place of a value that is not to be seen."""

from typing import Any

from django.utils.crypto import salted_hmac

MASKED = "$masked"
_SHOWN = 8  # hex digits of a fingerprint that people compare
_LINKS = 32  # that handovers are found by


def mask(what: str, value: Any = None) -> dict[str, str]:
    """``what`` names the value. With ``value``, which must be too long to guess, the mask carries its fingerprint."""
    return {MASKED: what} | ({"fingerprint": fingerprint(value)[:_SHOWN]} if value else {})


def is_mask(tree: Any) -> bool:
    return isinstance(tree, dict) and MASKED in tree


def fingerprint(value: Any) -> str:
    """The same for the same value as long as SECRET_KEY is; nobody else can tell a value by it."""
    return salted_hmac("flows.inspector", str(value), algorithm="sha256").hexdigest()[:_LINKS]
