"""Views of one attempt: they get the attempt itself, and only while it waits for an answer."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from flows.signin import confirming, pages, pending
from flows.steps.pending import Pending

View = Callable[[HttpRequest, str], HttpResponse]


def waiting(view: Callable[[HttpRequest, Pending], HttpResponse]) -> View:
    """``view`` for an attempt of this browser; somebody signed in is asked first, an attempt that is over is E3."""

    @wraps(view)
    def guarded(request: HttpRequest, /, attempt: str) -> HttpResponse:
        if not confirming.may_sign_in(request):
            return pages.already_signed_in(request, next="")
        found = pending.load(request, attempt)
        return view(request, found) if found and not found.ended else pages.expired(request, found)

    return guarded
