"""Pages for what goes wrong around the sign-in: forged or stale forms, wrong addresses, our own failures."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.exceptions import SessionInterrupted
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.urls import resolve, reverse

from flows import htmx
from flows.safe_next import safe_next
from flows.signin import confirming, pages, pending
from flows.signin.entries import UnknownEntry, entry_for
from flows.signin.problems import E5, E6, NO_COOKIE, Problem
from flows.steps.table import UnknownChallenge

logger = logging.getLogger(__name__)
Parameters = ParamSpec("Parameters")
View = Callable[Concatenate[HttpRequest, Parameters], HttpResponse]


def readable(view: View[Parameters]) -> View[Parameters]:
    """A view whose two tables may know no row: an unknown entry is a 404, an unknown challenge a page that names it."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except UnknownEntry:
            return _page(
                request,
                status=404,
                title="No such way to sign in",
                text="This site does not offer that way to sign in.",
                link=("Choose another one", reverse("sign-in")),
            )
        except UnknownChallenge as unknown:
            logger.error("No row of the step table fits the challenge %r", unknown.name)
            return pages.unsupported(request, unknown.name, pending.newest(request))

    return guarded


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """E6: the page was open too long, or the form came from elsewhere. Nothing was done with it.

    Signing in gets a fresh form at once, without a word of what was posted: it may have been somebody else's.
    """
    problem = NO_COOKIE if reason == REASON_NO_CSRF_COOKIE else E6
    place = resolve(request.path)
    if place.url_name in ("sign-in", "step"):
        return _fresh_form(request, place.kwargs.get("attempt", ""), problem)
    link = ("Load the page again", reverse("account"))
    return _page(request, status=403, title="This page was open too long", text=problem.text, link=link)


def _fresh_form(request: HttpRequest, attempt: str, problem: Problem) -> HttpResponse:
    if not confirming.may_sign_in(request):  # signed in in another tab, since this page was loaded (T063)
        return pages.already_signed_in(request, next="", status=403)
    found = pending.load(request, attempt)
    try:
        if found and not found.ended:
            return pages.step(request, found, problem=problem)
        entry = entry_for(request.GET.get("flow", ""))
    except (UnknownChallenge, UnknownEntry):
        return _page(request, status=403, title="This page was open too long", text=problem.text)
    return pages.start(request, entry, entry.form(initial={"flow": entry.name}), problem=problem)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, SessionInterrupted):
        return _page(
            request,
            status=400,
            title="You signed in or out in another tab",
            text="So this page no longer fits. Nothing was lost in the other one.",
            link=("Go on", reverse("landing")),
        )
    return _page(request, status=400, title="Bad request", text="This request could not be read.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, status=404, title="Page not found", text="There is nothing at this address.")


def server_error(request: HttpRequest) -> HttpResponse:
    """Ours. The page must not need the database, which may be what failed."""
    return _page(request, status=500, title="Something went wrong", text="It was our fault and has been noted.")


def unavailable(request: HttpRequest) -> HttpResponse:
    """E5 for somebody whose session can at present be neither confirmed nor ended."""
    response = _page(
        request, status=503, title="Please wait a moment", text=E5.text, link=("Try again", request.get_full_path())
    )
    response["Retry-After"] = str(E5.retry_after)
    return response


def session_ended(request: HttpRequest) -> HttpResponse:
    """The pool has ended this session: end it here too and ask to sign in, keeping the way back."""
    logout(request)
    query = {"said": "ended", "next": way_back(request)}
    return htmx.redirect(request, f"{reverse('sign-in')}?{urlencode({k: v for k, v in query.items() if v})}")


def way_back(request: HttpRequest) -> str:
    """The page to come back to: for a fragment the page that shows it; never an address that was posted to."""
    if htmx.is_htmx(request):
        return safe_next(request.htmx.current_url_abs_path or "")  # type: ignore[attr-defined]
    return safe_next(request.get_full_path()) if request.method in ("GET", "HEAD") else ""


def _page(
    request: HttpRequest, *, status: int, title: str, text: str, link: tuple[str, str] | None = None
) -> HttpResponse:
    label, url = link or ("To the start page", reverse("landing"))
    context = {"title": title, "text": text, "link_label": label, "link_url": url, "user": AnonymousUser()}
    return htmx.show(request, "flows/error.html", context, status=status)
