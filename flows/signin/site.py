"""The pages before signing in: the front door, and the one that a load balancer reads."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from flows import demo, htmx
from flows.cognito import connection
from flows.cognito.errors import CognitoError
from flows.signin import entries, pages


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """What this site is; on the machine it runs on also who can sign in to the demo."""
    context = {
        "entries": entries.offered(),
        "demo": _demo(request),
        "said": pages.SAID.get(request.GET.get("said", "")),
    }
    return htmx.show(request, "flows/landing.html", context)


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive. Says nothing of versions or of anything behind it (T158)."""
    return HttpResponse("ok\n", content_type="text/plain")


def _demo(request: HttpRequest) -> dict[str, Any] | None:
    """The demo's users and what a client needs to know."""
    config = demo.config(request)
    if config is None:
        return None
    try:
        client_id = connection.current().client_id
    except (ImproperlyConfigured, CognitoError):  # its pool was deleted
        return None
    return {
        "users": config["users"],
        "endpoint": config["endpoint"],
        "region": config["region"],
        "user_pool_id": config["userPoolId"],
        "client_id": client_id,
        "asks_questions": entries.offers("CUSTOM_WITHOUT_SRP") or entries.offers("CUSTOM_WITH_SRP"),
        "recaptcha": all(settings.LAMBDA_ENVIRONMENT.get(f"RECAPTCHA_{key}_KEY") for key in ("PUBLIC", "PRIVATE")),
    }
