"""The pages before signing in: the front door, and the one that a load balancer reads."""

import ipaddress
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from flows import htmx
from flows.cognito import connection
from flows.cognito.errors import CognitoError
from flows.signin import entries, pages


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """What this site is; on the machine it runs on also who can sign in to the demo."""
    context = {
        "entries": entries.offered(),
        "demo": _demo() if settings.DEMO_CONFIG and _from_this_machine(request) else None,
        "said": pages.SAID.get(request.GET.get("said", "")),
    }
    return htmx.show(request, "flows/landing.html", context)


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive. Says nothing of versions or of anything behind it (T158)."""
    return HttpResponse("ok\n", content_type="text/plain")


def _demo() -> dict[str, Any] | None:
    """The demo's users and what a client needs to know; who knows that is named in settings, not imported."""
    try:
        config: dict[str, Any] = import_string(settings.DEMO_CONFIG)()
        client_id = connection.current().client_id
    except (ImproperlyConfigured, CognitoError):  # no demo was made, or its pool was deleted
        return None
    return {
        "users": config["users"],
        "endpoint": config["endpoint"],
        "region": config["region"],
        "user_pool_id": config["userPoolId"],
        "client_id": client_id,
    }


def _from_this_machine(request: HttpRequest) -> bool:
    """A loopback peer with no proxy in between: behind one, everybody is a loopback peer (T029, T049)."""
    forwarded = {"HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP"} & request.META.keys()
    if settings.TRUSTED_PROXY or forwarded:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
