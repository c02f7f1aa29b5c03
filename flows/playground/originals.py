"""How the demo was made (``settings.DEMO_AS_MADE``): the pool knows, and this room must not know the pool."""

from collections.abc import Mapping
from typing import Any, cast

from django.conf import settings
from django.utils.module_loading import import_string

from flows.playground.state import Place, Request


def part(place: Place) -> Request:
    """The settings of the demo pool, or of the portal's app client in it, as they were made."""
    return dict(_as_made()[place])


def users() -> Mapping[str, Mapping[str, Any]]:
    """By username: ``enabled``, ``status``, ``factors``, its second ones, and whether it has an ``email`` address."""
    return cast("Mapping[str, Mapping[str, Any]]", _as_made()["users"])


def functions() -> Mapping[str, str]:
    """The demo's Lambda functions: member of LambdaConfig -> ARN."""
    return cast("Mapping[str, str]", part(Place.POOL).get("LambdaConfig", {}))


def _as_made() -> dict[str, Any]:
    made: dict[str, Any] = import_string(settings.DEMO_AS_MADE)()
    return made
