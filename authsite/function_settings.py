"""LAMBDA_HANDLERS, LAMBDA_ENVIRONMENT and LAMBDA_ENDPOINT_URL: read, and judged for ``authsite.checks``.

What cannot be read is None, and then an error of the checks in words: the settings could only fail in a traceback.
"""

import json
import re
from typing import Any
from urllib.parse import urlsplit

_DOTTED_PATH = re.compile(r"\w+(\.\w+)+")


def handlers(text: str) -> dict[str, str] | None:
    """``name=module.handler,...`` -> handlers by name."""
    pairs = [[part.strip() for part in item.split("=")] for item in text.split(",") if item.strip()]
    return dict(pairs) if all(len(pair) == 2 and all(pair) for pair in pairs) else None


def are_handlers(given: Any) -> bool:
    return isinstance(given, dict) and all(_DOTTED_PATH.fullmatch(path) for path in given.values())


def variables(text: str) -> dict[str, Any] | None:
    """A JSON object; an empty text is an empty one."""
    try:
        given = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return None
    return given if isinstance(given, dict) else None


def are_variables(given: Any) -> bool:
    """Whether a process can be given them."""
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        return False
    return not any(not name or "=" in name or "\0" in name + value for name, value in given.items())


def is_endpoint(url: str) -> bool:
    """Whether ``url`` is an http(s) URL to which a path can be added."""
    try:
        parts = urlsplit(url)
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # of a port that is none
        return False
    return is_whole and not (parts.query or parts.fragment)
