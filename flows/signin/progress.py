"""From one step to the next: where an answer leads, what a page needs first, and what a refusal comes to."""

import logging
from dataclasses import replace

from django import forms
from django.http import HttpRequest, HttpResponse

from flows import htmx
from flows.cognito.errors import CognitoError
from flows.cognito.outcome import Challenge, Outcome, SignedIn
from flows.signin import again, device_cookies, entries, pages, pending, signed_in
from flows.signin.problems import Next, Problem, problem_for
from flows.steps.pending import Pending
from flows.steps.table import automatic_for, step_for

logger = logging.getLogger(__name__)


def go_on(request: HttpRequest, found: Pending, outcome: Outcome) -> HttpResponse:
    """To the account page or to the next step. Raises ``CognitoError`` and leaves the attempt as it was."""
    while isinstance(outcome, Challenge) and (answer := automatic_for(outcome.name)):
        found = found.asked(outcome, expires=found.expires)
        outcome = answer(found)
        found = found.with_answer()
    if isinstance(outcome, SignedIn):
        response = signed_in.finish(request, outcome, found)
        pending.drop(request, found.attempt)
        return response
    return to(request, _with_word(request, found, pending.follow(request, found, outcome)))


def _with_word(request: HttpRequest, before: Pending, now: Pending) -> Pending:
    """The attempt with what is to be said when an answer brought the same kind of question once more."""
    if before.challenge != now.challenge or (row := step_for(now)) is not step_for(before):
        return now
    return pending.keep(request, replace(now, said=row.once_more(before, now)))


def to(request: HttpRequest, attempt: Pending) -> HttpResponse:
    """The step that waits: by 303, so that a reload asks and does not post; htmx gets it at once with its address."""
    return show(request, attempt) if htmx.is_htmx(request) else htmx.SeeOther(pages.step_url(attempt))


def show(request: HttpRequest, found: Pending, *, problem: Problem | None = None) -> HttpResponse:
    """The page of the step that waits, once it has what it shows. Raises ``UnknownChallenge``."""
    row = step_for(found)
    if row.prepare and not found.prepared:
        try:
            found = pending.keep(request, row.prepare(found))
        except CognitoError as error:
            return refused(request, found, error)
    return pages.step(request, found, problem=problem)


def refused(
    request: HttpRequest, found: Pending, error: CognitoError, *, form: forms.Form | None = None
) -> HttpResponse:
    """What ``problems`` says that the refusal comes to; ``form`` is what was filled in."""
    logger.info("%s refused: %s", found.challenge, error)
    problem = problem_for(error, at=found.challenge)
    if problem.next is Next.SAME_FORM:
        return _same_form(request, found, problem, form)
    if moved_on := pending.moved_on(request, found):
        return to(request, moved_on)
    if problem.next is Next.FRESH_QUESTION:
        return _fresh_question(request, found, problem)
    return _over(request, pending.end(request, found), problem, error)


def _same_form(request: HttpRequest, found: Pending, problem: Problem, form: forms.Form | None) -> HttpResponse:
    if form is None and step_for(found).prepare and not found.prepared:
        return pages.expired(request, found, problem=problem)  # there is nothing to show the form with
    return pages.step(request, found, form=form, problem=problem)


def _fresh_question(request: HttpRequest, found: Pending, problem: Problem) -> HttpResponse:
    """The same factor, asked anew under the problem: for the passkeys that there are by now, and for a full Session's
    life. The choice comes instead, when there are none left."""
    try:
        outcome = again.ask(found, preferred=found.preferred)
    except CognitoError as error:
        return _over(request, pending.end(request, found), problem_for(error), error)
    if isinstance(outcome, SignedIn):
        return go_on(request, found, outcome)
    return show(request, pending.follow(request, again.restarted(found), outcome), problem=problem)


def _over(request: HttpRequest, ended: Pending, problem: Problem, error: CognitoError) -> HttpResponse:
    """The start form with the username, or a page that offers it."""
    if problem.next is Next.START_LINK:
        return pages.expired(request, ended, problem=problem)
    entry = entries.entry_for(ended.entry)
    form = entry.form(initial=entries.initial(ended))
    response = pages.start(request, entry, form, problem=problem, url=pages.start_url(again=ended.attempt))
    return device_cookies.forget_refused(response, ended.username, error)
