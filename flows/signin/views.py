"""The loop that a browser sees: start, answer until Cognito is satisfied, leave.

One address per attempt. The browser never says which challenge it answers or for whom: the server remembers what it
asked.
"""

import logging

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from flows import htmx
from flows.cognito import account
from flows.cognito.errors import CognitoError
from flows.cognito.outcome import SignedIn
from flows.signin import confirming, entries, kept, pages, pending, renewal, signed_in
from flows.signin.errors import readable
from flows.signin.problems import Next, problem_for
from flows.signin.safe_next import safe_next
from flows.steps.forms.base import StepForm
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
    entry = entries.entry_for(request.GET.get("flow") or (before.entry if before else ""))
    initial = {
        "flow": entry.name,
        "next": before.next if before else safe_next(request.GET.get("next", "")),
        "username": before.username if before else confirming.username(request),
    }
    return pages.start(request, entry, entry.form(initial=initial))


def _begin(request: HttpRequest) -> HttpResponse:
    entry = entries.entry_for(request.POST.get("flow", ""))
    form = entry.form(request.POST)
    if not form.is_valid():
        return pages.start(request, entry, form, status=422)
    username, destination = form.cleaned_data["username"], form.cleaned_data["next"]
    try:
        outcome = entry.start(entry.flow, form)
        if isinstance(outcome, SignedIn):
            return signed_in.finish(request, outcome, flow=entry.flow, username=username, next=destination)
    except CognitoError as error:
        logger.info("%s refused: %s", entry.name, error)
        return pages.start(request, entry, form, problem=problem_for(error))
    attempt = pending.begin(request, outcome, entry=entry.name, flow=entry.flow, username=username, next=destination)
    return _follow(request, attempt)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@readable
def step(request: HttpRequest, attempt: str) -> HttpResponse:
    """Show what Cognito asks in this attempt; pass the answer on."""
    if not confirming.may_sign_in(request):
        return pages.already_signed_in(request, next="")
    found = pending.load(request, attempt)
    if found is None or found.ended:
        return pages.expired(request, found)
    if request.method != "POST":
        return pages.step(request, found)
    row = step_for(found)
    form = row.form(request.POST, pending=found)
    if not form.is_valid():
        return pages.step(request, found, form=form, status=422)
    try:
        outcome = row.submit(found, form)
        if isinstance(outcome, SignedIn):
            return _finish(request, found, outcome)
    except CognitoError as error:
        return _refused(request, found, form, error)
    return _follow(request, pending.follow(request, found, outcome))


def _finish(request: HttpRequest, found: Pending, outcome: SignedIn) -> HttpResponse:
    response = signed_in.finish(request, outcome, flow=found.flow, username=found.username, next=found.next)
    pending.drop(request, found.attempt)
    return response


def _follow(request: HttpRequest, attempt: Pending) -> HttpResponse:
    """To the next step: by 303, so that a reload asks and does not post; htmx gets it at once with its address."""
    return pages.step(request, attempt) if htmx.is_htmx(request) else htmx.SeeOther(pages.step_url(attempt))


def _refused(request: HttpRequest, found: Pending, form: StepForm, error: CognitoError) -> HttpResponse:
    logger.info("%s refused: %s", found.challenge, error)
    problem = problem_for(error, at=found.challenge)
    if problem.next is Next.SAME_FORM:
        return pages.step(request, found, form=form, problem=problem)
    moved_on = pending.moved_on(request, found)
    if moved_on:
        return _follow(request, moved_on)
    ended = pending.end(request, found)
    if problem.next is Next.START_LINK:
        return pages.expired(request, ended, problem=problem)
    entry = entries.entry_for(found.entry)
    initial = {"flow": entry.name, "next": found.next, "username": found.username}
    again = pages.start_url(again=ended.attempt)
    return pages.start(request, entry, entry.form(initial=initial), problem=problem, url=again)


@require_POST
def cancel(request: HttpRequest, attempt: str) -> HttpResponse:
    """Give this attempt up and start anew."""
    found = pending.load(request, attempt)
    pending.drop(request, attempt)
    return htmx.redirect(request, pages.start_url(new="1", next=found.next if found else ""))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave: here, or (``everywhere=1``) on every device. Here always works, whatever the pool says."""
    said = _tell_pool(request, everywhere=request.POST.get("everywhere") == "1")
    logout(request)
    response = htmx.redirect(request, f"{resolve_url(settings.LOGOUT_REDIRECT_URL or '/')}?said={said}")
    # Not "cookies": that would take those of every other site under this domain too.
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _tell_pool(request: HttpRequest, *, everywhere: bool) -> str:
    """End the tokens where they were made. What to say about it is a key of ``pages.SAID``."""
    if everywhere:
        renewal.ensure(request)  # GlobalSignOut takes an access token, which may have run out since the page was shown
    tokens = kept.kept(request)
    try:
        if tokens and everywhere:
            account.global_sign_out(tokens.access_token)
        elif tokens and tokens.refresh_token:
            account.revoke_token(tokens.refresh_token)
    except CognitoError as error:
        logger.warning("Signed out here only: %s", error)
        return "here-only" if everywhere else "here"
    return "everywhere" if tokens and everywhere else "here"
