"""Where the link of an e-mail leads: ``/sign-in/link/#<token>``.

The token stands behind the #, so no server gets to see it before somebody means it: mail scanners that open links use
nothing up. static/flows/link.mjs reads it. In the browser that asked for it, it answers the waiting step; anywhere else
the page shows the code that stands in it, to be typed where the sign-in began.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from flows import htmx
from flows.signin import pages, pending
from flows.steps import public
from flows.terms import ChallengeName


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A step of this browser that a link can answer. ``attempt`` is the pool's name for it, as the token says it."""

    attempt: str
    username: str
    step_url: str


@require_safe
def link(request: HttpRequest) -> HttpResponse:
    """Shows, and changes nothing."""
    context = {"waiting": _waiting(request)}
    return htmx.show(request, "flows/link.html", context)


def _waiting(request: HttpRequest) -> list[Waiting]:
    found = []
    for each in pending.waiting(request):
        asked = public.link(each)
        if asked and each.challenge == ChallengeName.CUSTOM_CHALLENGE:
            found.append(Waiting(attempt=asked.attempt, username=each.username, step_url=pages.step_url(each)))
    return found
