"""What the demo tells tools and people: how to connect, and the messages it would have sent. This machine only."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from flows.pool.delivery import outbox as mailbox
from flows.pool.demo import seed
from flows.pool.protocol import guard


def config_for(request: HttpRequest) -> dict[str, Any] | None:
    """For pages (``settings.DEMO_CONFIG``): what config.json tells, and ``usersWithPasskey``; to whom config.json tells
    it, else None."""
    return seed.config() | {"usersWithPasskey": seed.users_with_passkey()} if guard.may_see_demo(request) else None


@guard.demo_only
@require_GET
@never_cache
def config_json(request: HttpRequest) -> HttpResponse:
    """Endpoint, key pair, app clients and users, for tools and tests."""
    return JsonResponse(seed.config())


@guard.demo_only
@require_GET
@never_cache
def outbox_json(request: HttpRequest) -> HttpResponse:
    """Every message, oldest first."""
    return JsonResponse(mailbox.messages(), safe=False)


@guard.demo_only
@require_GET
@never_cache
def outbox(request: HttpRequest) -> HttpResponse:
    """The same for people, newest first."""
    return render(request, "demo/outbox.html", {"messages_newest_first": mailbox.messages()[::-1]})
