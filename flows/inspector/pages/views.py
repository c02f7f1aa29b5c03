"""The inspector's own addresses: the switch, and the parts of a panel that come when they are asked for."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.views.decorators.http import require_POST, require_safe

from flows import htmx
from flows.inspector import code, runs, switch
from flows.inspector.models import Run
from flows.inspector.pages import destinations

View = Callable[..., HttpResponse]


def owners_only(view: View) -> View:
    """``view`` gets this browser's run instead of its id; everybody else's is not there."""

    @wraps(view)
    def guarded(request: HttpRequest, /, run: str, **kwargs: Any) -> HttpResponse:
        owner = switch.owner(request)
        found = runs.of(owner, run) if owner else None
        if found is None:
            raise Http404
        return view(request, found, **kwargs)

    return guarded


@require_POST
def turn(request: HttpRequest) -> HttpResponse:
    """Switch the inspector on (``on=1``) or off in this browser, and go back to ``next``."""
    if not switch.may_inspect(request):
        raise Http404
    destination = destinations.asked_for(request, otherwise=resolve_url(settings.LOGIN_URL))
    response = htmx.redirect(request, destination)
    switch.turn(request, response, on=request.POST.get("on") == "1")
    return response


@require_safe
@owners_only
def code_of(request: HttpRequest, run: Run, *, number: int) -> HttpResponse:
    """One entry in the words of other stacks."""
    calls = runs.calls(run)
    if not 1 <= number <= len(calls):
        raise Http404
    call = calls[number - 1]
    tabs = code.tabs(call, before=calls[: number - 1])
    context = {"tabs": tabs, "prefix": f"code-{number}", "run": run, "number": number}
    return render(request, "flows/inspector/code_of.html", context)
