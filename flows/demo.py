"""The demo, for browsers that may see it: its users with their passwords, and how to connect."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.utils.module_loading import import_string


def config(request: HttpRequest) -> dict[str, Any] | None:
    """What settings.DEMO_CONFIG tells; ``None`` where there is no demo, or not for this browser."""
    if not settings.DEMO_CONFIG:
        return None
    try:
        told: dict[str, Any] | None = import_string(settings.DEMO_CONFIG)(request)
    except ImproperlyConfigured:  # none was made
        return None
    return told
