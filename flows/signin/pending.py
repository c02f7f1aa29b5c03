"""The only door to half-done sign-ins: each attempt is one entry of its own in ``request.session``.

So two tabs are two attempts, a reload finds its step again, and the browser is told an attempt's random id and
nothing of what it stands for.
"""

import secrets
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

from django.http import HttpRequest

from flows.cognito.devices import Device
from flows.cognito.outcome import Challenge
from flows.signin.sessions import store_of
from flows.steps.pending import Pending
from flows.terms import AuthFlow

LIFE_SECONDS = 15 * 60  # the longest AuthSessionValidity; a shorter one is Cognito's to tell
KEPT_SECONDS = 60 * 60  # an ended attempt still knows username and next for its "Start again"
MOST = 8  # attempts in one session; quiet ones go first, then the oldest (T150)
_PREFIX = "attempt:"


def new(*, entry: str, flow: AuthFlow, username: str, next: str, **more: Any) -> Pending:
    """An attempt that nothing has been asked in yet; ``follow`` keeps it. ``more`` are other fields of ``Pending``."""
    return Pending(
        attempt=secrets.token_urlsafe(16), entry=entry, flow=flow, username=username, next=next, expires=0, **more
    )


def follow(request: HttpRequest, pending: Pending, challenge: Challenge, *, quiet: bool = False) -> Pending:
    """Keep Cognito's next question in the same attempt."""
    if _PREFIX + pending.attempt not in request.session:
        for stale in sorted(_all(request), key=lambda each: (not each.quiet, each.expires))[: -(MOST - 1)]:
            drop(request, stale.attempt)
    now = time.time()
    return keep(request, replace(pending.asked(challenge, expires=now + LIFE_SECONDS, at=now), quiet=quiet))


def load(request: HttpRequest, attempt: str) -> Pending | None:
    """The attempt, possibly ended; ``None`` if this session never had it or has forgotten it."""
    stored = request.session.get(_PREFIX + attempt)
    if stored is None:
        return None
    pending = _restored(stored)
    now = time.time()
    if now > pending.expires + KEPT_SECONDS:
        return None
    return pending.end() if now > pending.expires else pending


def newest(request: HttpRequest) -> Pending | None:
    """The attempt that a person who comes back to /sign-in/ should find again."""
    return max(
        (pending for pending in _all(request) if not (pending.ended or pending.quiet)),
        key=lambda pending: pending.expires,
        default=None,
    )


def waiting(request: HttpRequest) -> list[Pending]:
    """Every attempt of this session that waits for an answer."""
    return [pending for pending in _all(request) if not pending.ended]


def moved_on(request: HttpRequest, answered: Pending) -> Pending | None:
    """The attempt as another request left it, if that one answered the same question first (a double click, T065)."""
    store_of(request).reload()
    now = load(request, answered.attempt)
    return now if now and not now.ended and now != answered else None


def end(request: HttpRequest, pending: Pending) -> Pending:
    """Nothing more can be answered: forget Cognito's part, remember how to start again."""
    return keep(request, pending.end())


def drop(request: HttpRequest, attempt: str) -> None:
    """Forget the attempt altogether."""
    request.session.pop(_PREFIX + attempt, None)


def keep(request: HttpRequest, pending: Pending) -> Pending:
    """Keep the attempt as it is now."""
    request.session[_PREFIX + pending.attempt] = asdict(pending)
    return pending


def _restored(stored: dict[str, Any]) -> Pending:
    device = stored.get("device")
    typed = {
        "flow": AuthFlow(stored["flow"]),
        "available": tuple(stored["available"]),
        "answered": tuple(stored.get("answered", ())),
        "device": Device(**device) if device else None,
    }
    return Pending(**{**stored, **typed})


def _all(request: HttpRequest) -> Iterator[Pending]:
    for key in list(request.session.keys()):
        if key.startswith(_PREFIX):
            attempt = key.removeprefix(_PREFIX)
            pending = load(request, attempt)
            if pending is None:
                drop(request, attempt)
            else:
                yield pending
