"""Takes down what the portal and the pool tell while a browser that inspects is being answered.

``exchanged`` and ``happened_inside`` are named in settings (COGNITO_OBSERVER, POOL_OBSERVER). Outside of such a request
they do nothing: other clients of the pool are nobody's to look at.
"""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest

from flows.cognito.exchange import Exchange
from flows.inspector import runs
from flows.inspector.entries import Decision, TriggerCall
from flows.inspector.models import Run
from flows.inspector.recording import describe, handovers


@dataclass(slots=True, kw_only=True)
class Recording:
    """What one request has brought so far. ``run`` is that of its latest call."""

    request: HttpRequest
    owner: str
    run: Run | None = None
    inside: list[TriggerCall | Decision] = field(default_factory=list)
    functions: list[Mapping[str, Any]] = field(default_factory=list, repr=False)  # not masked, and never kept
    id: str = field(default_factory=lambda: secrets.token_hex(4))

    @property
    def attempt(self) -> str:
        """The portal's id of the attempt, where the address names one."""
        match = self.request.resolver_match
        return str(match.kwargs.get("attempt", "")) if match else ""

    @property
    def via(self) -> dict[str, Any]:
        """``Call.via``. Middleware may call before a view is found, and a route says as much as an address does."""
        match = self.request.resolver_match
        htmx = bool(getattr(self.request, "htmx", False))
        return {"id": self.id, "method": self.request.method, "route": match.route if match else "", "htmx": htmx}


_now: ContextVar[Recording | None] = ContextVar("recording", default=None)


def current() -> Recording | None:
    """The recording of the request that is being answered."""
    return _now.get()


@contextmanager
def recording(request: HttpRequest, *, owner: str) -> Iterator[Recording]:
    """Record until the answer is made."""
    begun = Recording(request=request, owner=owner)
    token = _now.set(begun)
    try:
        yield begun
    finally:
        _now.reset(token)


def exchanged(exchange: Exchange) -> None:
    """settings.COGNITO_OBSERVER."""
    now = _now.get()
    if now is None:
        return
    inside, functions, now.inside, now.functions = now.inside, now.functions, [], []
    call = replace(describe.call(exchange, inside, functions=functions), via=now.via)
    brought = handovers.brought(exchange.parameters)
    now.run = runs.run_for(now.owner, call, brought=brought, attempt=now.attempt)
    runs.append(now.run, call, gave=handovers.given(exchange.response))


def happened_inside(kind: str, **facts: Any) -> None:
    """settings.POOL_OBSERVER: ``trigger`` or ``decision``."""
    now = _now.get()
    if now is None:
        return
    if kind == "trigger":
        now.functions += [each for each in (facts["event"], facts.get("answer")) if isinstance(each, Mapping)]
    now.inside.append(describe.trigger(facts) if kind == "trigger" else describe.decision(facts))
