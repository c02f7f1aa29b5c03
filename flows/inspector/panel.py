"""The panel beside a page, and what grows it: one context processor, for whole pages and fragments alike.

A fragment brings the new entries along, out of band. What the panel shows already it says in a header
(``Inspector-Shows``, static/flows/inspector.mjs); without that header the whole panel comes anew.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from flows.inspector import runs, switch
from flows.inspector.entries import Call
from flows.inspector.models import Run
from flows.inspector.recording import recorder
from flows.inspector.telling import paths, shown

logger = logging.getLogger(__name__)
_MOST_DIGITS = 4  # of a number of entries; what is longer is none of ours, and int() refuses very long ones
_ELSEWHERE = ("flows/", "docs/", "demo/")  # the demonstration's own pages are not part of a sign-in
_WITHOUT_COOKIES = {"link"}  # pages that scanners of mail open too: a form of ours would leave a CSRF cookie there


def context(request: HttpRequest) -> dict[str, Any]:
    """``inspector``: ``on``, ``offered`` and what the panel shows; nothing is looked up before a template asks."""
    now = recorder.current()
    if now is None:
        return {"inspector": _lazy(lambda: {"on": False, "offered": _is_offered(request)})}
    if now.request.resolver_match and now.request.resolver_match.route.startswith(_ELSEWHERE):
        return {"inspector": {"on": False, "offered": False}}
    return {"inspector": _lazy(lambda: _panel_or_none(request, now))}


def _is_offered(request: HttpRequest) -> bool:
    """To whom it can be switched on; pages that are not recorded may be looked at while it is."""
    match = request.resolver_match
    if match and match.url_name in _WITHOUT_COOKIES:
        return False
    return switch.may_inspect(request) and not switch.is_on(request)


def _panel_or_none(request: HttpRequest, now: recorder.Recording) -> dict[str, Any]:
    """Whoever watches must not change what happens: a panel that fails is a line in the log and a page without one."""
    try:
        return _panel(request, now)
    except Exception as error:
        logger.error("The inspector's panel failed: %s", type(error).__name__)
        return {"on": False, "offered": False}


def _panel(request: HttpRequest, now: recorder.Recording) -> dict[str, Any]:
    run = now.run or _shown_here(now)
    calls = runs.calls(run) if run else []
    has = _already_there(request, run)
    return {
        "on": True,
        "run": run,
        "count": len(calls),
        "full": len(calls) >= runs.MOST_ENTRIES,
        "calls": calls,
        "grows": has is not None,
        "has": has,
        "counts_up": _counts_up(calls, has or 0),
        "entries": shown.entries(run, calls, after=has or 0) if run else (),
        "met": paths.met(calls),
        "standing": paths.standing(calls),
    }


def _counts_up(calls: list[Call], has: int) -> Call | None:
    """The last entry that the page shows, where the same call came again: only the last one counts up."""
    return calls[has - 1] if 0 < has <= len(calls) and calls[has - 1].times > 1 else None


def _shown_here(now: recorder.Recording) -> Run | None:
    """The run of this page's attempt; on the start page, where the next one is to begin, none; else the latest."""
    match = now.request.resolver_match
    if match and match.url_name == "sign-in":
        return None
    return runs.of_attempt(now.owner, now.attempt) or (None if now.attempt else runs.latest(now.owner))


def _already_there(request: HttpRequest, run: Run | None) -> int | None:
    """How many entries of ``run`` the page has; None where it shows another run, or does not say."""
    shows, _, count = request.headers.get("Inspector-Shows", "").partition("/")
    is_number = count.isascii() and count.isdigit() and len(count) <= _MOST_DIGITS
    return int(count) if run and shows == run.pk and is_number else None


def _lazy(make: Callable[[], dict[str, Any]]) -> Any:
    return SimpleLazyObject(make)
