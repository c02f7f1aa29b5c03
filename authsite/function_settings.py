"""LAMBDA_HANDLERS and LAMBDA_ENVIRONMENT as people write them.

What cannot be read is None here and an error of ``authsite.checks``, in words: the settings could only fail in a
traceback.
"""

import json
from typing import Any


def handlers(text: str) -> dict[str, str] | None:
    """``name=module.handler,...`` -> handlers by name."""
    pairs = [[part.strip() for part in item.split("=")] for item in text.split(",") if item.strip()]
    return dict(pairs) if all(len(pair) == 2 and all(pair) for pair in pairs) else None


def variables(text: str) -> dict[str, Any] | None:
    """A JSON object; an empty text is an empty one."""
    try:
        given = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return None
    return given if isinstance(given, dict) else None
