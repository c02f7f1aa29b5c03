"""The panel beside a page."""

from typing import Any

from django.http import HttpRequest


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor."""
    return {}
