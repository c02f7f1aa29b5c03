"""The demo, for browsers that may see it: who sits at its machine, its users, their passwords, how to connect."""

from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost, ImproperlyConfigured
from django.http import HttpRequest
from django.utils.module_loading import import_string


def is_at_its_machine(request: HttpRequest) -> bool:
    """Does this browser sit at the machine of a demo? (settings.DEMO_GUARD)"""
    if not settings.DEMO_GUARD:
        return False
    try:
        return bool(import_string(settings.DEMO_GUARD)(request))
    except DisallowedHost:  # the page that refuses a wrong Host asks this too
        return False


def config(request: HttpRequest) -> dict[str, Any] | None:
    """What settings.DEMO_CONFIG tells; ``None`` where there is no demo, or not for this browser."""
    if not settings.DEMO_CONFIG:
        return None
    try:
        told: dict[str, Any] | None = import_string(settings.DEMO_CONFIG)(request)
    except ImproperlyConfigured:  # none was made
        return None
    return told
