"""The loop that a browser sees: start, answer until Cognito is satisfied, leave.

One address per attempt. The browser never says which challenge it answers or for whom: the server remembers what it
asked.
"""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from flows import htmx
from flows.cognito.errors import CognitoError
from flows.signin import (
    again,
    attempts,
    confirming,
    device_cookies,
    entries,
    hint,
    leaving,
    pages,
    pending,
    preference,
    progress,
)
from flows.signin.entries import Entry
from flows.signin.errors import readable
from flows.signin.forms import StartForm
from flows.signin.problems import problem_for, too_early
from flows.steps.pending import Pending
from flows.steps.table import step_for

logger = logging.getLogger(__name__)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@readable
def start(request: HttpRequest) -> HttpResponse:
    """Offer the ways to sign in; begin one."""
    confirming.note(request)
    if not confirming.may_sign_in(request):
        return pages.already_signed_in(request, next=request.GET.get("next", ""))
    return _begin(request) if request.method == "POST" else _offer(request)


def _offer(request: HttpRequest) -> HttpResponse:
    """The form; or, for somebody who comes back in mid-flow, the step that waits."""
    waiting = None if {"new", "again"} & request.GET.keys() else pending.newest(request)
    if waiting:
        return htmx.SeeOther(pages.step_url(waiting))
    before = pending.load(request, request.GET.get("again", ""))
    remembered = preference.load(request)
    entry = entries.entry_for(request.GET.get("flow") or (before.entry if before else entries.last_used(remembered)))
    initial = entries.initial(before) if before else entries.remembered(remembered, next=request.GET.get("next", ""))
    left = hint.read(request, entry=entry.name)
    if name := confirming.username(request) or (left.username if left else ""):
        initial["username"] = name
    return pages.start(request, entry, entry.form(initial=initial | entries.wanted(request.GET.get("preferred"))))


def _begin(request: HttpRequest) -> HttpResponse:
    entry = entries.entry_for(request.POST.get("flow", ""))
    form = entry.form(request.POST)
    if not form.is_valid():
        return pages.start(request, entry, form, status=422)
    try:
        attempt = _attempt(request, entry, form)
        return progress.go_on(request, attempt, entry.start(entry.flow, form, attempt.device_key))
    except CognitoError as error:
        logger.info("%s refused: %s", entry.name, error)
        response = pages.start(request, entry, form, problem=problem_for(error, at=entry.asks or ""))
        return device_cookies.forget_refused(response, form.cleaned_data["username"], error)


def _attempt(request: HttpRequest, entry: Entry, form: StartForm) -> Pending:
    """What the form begins."""
    username = form.cleaned_data["username"]
    return pending.new(
        entry=entry.name,
        flow=entry.flow,
        username=username,
        next=form.cleaned_data["next"],
        device=device_cookies.load(request, username),
        **form.about_attempt(),
    )


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@readable
@attempts.waiting
def step(request: HttpRequest, found: Pending) -> HttpResponse:
    """Show what Cognito asks in this attempt; pass the answer on."""
    if request.method != "POST":
        return progress.show(request, found)
    row = step_for(found)
    form = row.form(request.POST, pending=found)
    if not form.is_valid():
        return pages.step(request, found, form=form, status=422)
    try:
        return progress.go_on(request, found.with_answer(), row.submit(found, form))
    except CognitoError as error:
        return progress.refused(request, found, error, form=form)


@require_POST
@readable
@attempts.waiting
def another_way(request: HttpRequest, found: Pending) -> HttpResponse:
    """Another first factor, in the same attempt; past the first factor there is only the way to start over."""
    return _ask_again(request, found, preferred="") if found.chooses else progress.to(request, found)


@require_POST
@readable
@attempts.waiting
def resend(request: HttpRequest, found: Pending) -> HttpResponse:
    """Another code for the same factor, unless the last one has only just gone out."""
    if not again.can_resend(found):
        return progress.to(request, found)
    if seconds := again.resend_after(found):
        return pages.step(request, found, problem=too_early(seconds))
    return _ask_again(request, found, preferred=found.preferred)


def _ask_again(request: HttpRequest, found: Pending, *, preferred: str) -> HttpResponse:
    try:
        return progress.go_on(request, again.restarted(found), again.ask(found, preferred=preferred))
    except CognitoError as error:
        return progress.refused(request, found, error)


@require_POST
def cancel(request: HttpRequest, attempt: str) -> HttpResponse:
    """Give this attempt up and start anew."""
    found = pending.load(request, attempt)
    pending.drop(request, attempt)
    return htmx.redirect(request, pages.start_url(new="1", next=found.next if found else ""))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave: here, or (``everywhere=1``) on every device. Here always works, whatever the pool says."""
    said = leaving.sign_out(request, everywhere=request.POST.get("everywhere") == "1")
    response = htmx.redirect(request, f"{resolve_url(settings.LOGOUT_REDIRECT_URL or '/')}?said={said}")
    # Not "cookies": that would take those of every other site under this domain too.
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
