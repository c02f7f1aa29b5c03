"""The pages of signing in: one function each, all of them for page and fragment alike."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from flows import htmx
from flows.safe_next import safe_next
from flows.signin import again, entries, hint, preference
from flows.signin.entries import Entry
from flows.signin.policy import allowing
from flows.signin.problems import E3, Problem
from flows.steps.pending import Pending
from flows.steps.table import step_for
from flows.terms import AuthFlow, ChallengeName

# What a page says about where somebody comes from: ?said=<key>, so that no text travels in an address.
SAID = {
    "confirm": "To change this, first show that it is still you.",
    "recovered": "Your new password is saved. Sign in with it.",
    "ended": "You have been signed out. Sign in again to go on.",
    "here": "You are signed out.",
    "everywhere": "You are signed out, here and everywhere else.",
    "here-only": "You are signed out here. Other devices may still be signed in: the sign-in service did not answer.",
}


def start(
    request: HttpRequest,
    entry: Entry,
    form: forms.Form,
    *,
    problem: Problem | None = None,
    status: int = 200,
    url: str = "",
) -> HttpResponse:
    """The form of one entry and the choice of the others. ``url`` is its address when it follows upon a step."""
    destination = safe_next(str(form["next"].value() or ""))
    autofill_url = _autofill_url(request, form, next=destination)
    context = {
        "entry": entry,
        "choices": [(choice, start_url(flow=choice.name, next=destination)) for choice in entries.offered()],
        "form": form,
        "problem": problem,
        "said": SAID.get(request.GET.get("said", "")),
        "hint": hint.read(request, entry=entry.name),
        "next": destination,
        "autofill_url": autofill_url,
        "choose_url": start_url(flow=entry.name, new="1", next=destination, preferred=ChallengeName.SELECT_CHALLENGE),
        "modules": _modules(entry, *(("webauthn",) if autofill_url else ())),
    }
    return _answer(request, entry.template, context, problem=problem, status=status, url=url)


def step(
    request: HttpRequest,
    pending: Pending,
    *,
    form: forms.Form | None = None,
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    """The pending question of an attempt. Raises ``UnknownChallenge``."""
    row = step_for(pending)
    elsewhere = row.outside(pending)
    if elsewhere and htmx.is_htmx(request):
        return htmx.redirect(request, step_url(pending))  # the page that is there has a policy without those hosts
    if pending.said and not (form or problem):
        problem = Problem(text=pending.said, status=200)
    form = form or row.form(pending=pending)
    if problem and problem.field in form.fields:
        form.add_error(problem.field, problem.text)
    at = {"attempt": pending.attempt}
    context = {
        "step": row,
        "form": form,
        "problem": None if problem and problem.field in form.fields else problem,
        "fresh": not form.errors and problem is None,
        "outside": elsewhere,
        "hint": hint.read(request, entry=pending.entry, username=pending.username),
        **_about(pending),
    }
    if again.can_resend(pending):
        context |= {"resend_url": reverse("resend", kwargs=at), "resend_after": again.resend_after(pending)}
    response = _answer(request, row.template, context, problem=problem, status=status, url=context["step_url"])
    return allowing(request, response, elsewhere.directives) if elsewhere else response


def expired(request: HttpRequest, pending: Pending | None, *, problem: Problem = E3) -> HttpResponse:
    """E3: this attempt is over. Starting again keeps username and next, which stay on the server."""
    again = start_url(again=pending.attempt) if pending else start_url(new="1")
    context = {"problem": problem, "again_url": again}
    return _answer(request, "flows/expired.html", context, problem=problem)


def already_signed_in(request: HttpRequest, *, next: str, status: int = 200) -> HttpResponse:
    """Somebody is signed in: say who, and let the person decide (T071)."""
    context = {"next": safe_next(next) or reverse("account")}
    return htmx.show(request, "flows/already_signed_in.html", context, status=status)


def unsupported(request: HttpRequest, name: str, pending: Pending | None) -> HttpResponse:
    """Cognito asked something that the step table does not know.

    Starting again must not lean on the session: with a 5xx answer Django does not save it.
    """
    again = start_url(new="1", flow=pending.entry, next=pending.next) if pending else start_url(new="1")
    context = {"challenge": name, "again_url": again}
    return htmx.show(request, "flows/unsupported.html", context, status=503)


def step_url(pending: Pending) -> str:
    return reverse("step", kwargs={"attempt": pending.attempt})


def _about(pending: Pending) -> dict[str, Any]:
    entry = next((entry for entry in entries.ENTRIES if entry.name == pending.entry), None)
    return {
        "username": pending.username,
        "entry": entry,
        "modules": _modules(entry, *((step_for(pending).module,) if not pending.ended else ())),
        "step_url": step_url(pending),
        "cancel_url": reverse("cancel", kwargs={"attempt": pending.attempt}),
        "other_way_url": reverse("another-way", kwargs={"attempt": pending.attempt}) if pending.chooses else "",
    }


def start_url(**query: str) -> str:
    return with_query(reverse("sign-in"), **query)


def with_query(path: str, **query: str) -> str:
    """``path`` with those of ``query`` that say something."""
    given = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(given)}" if given else path


def _modules(entry: Entry | None, *further: str) -> list[str]:
    """The browser modules of a page besides those that every sign-in page has: what its entry's steps may need."""
    names = dict.fromkeys([*(entry.modules if entry else ()), *further])
    return [f"flows/{name}.mjs" for name in names if name not in ("", "srp-form")]


def _autofill_url(request: HttpRequest, form: forms.Form, *, next: str) -> str:
    """The hidden passkey form of a browser that keeps its username; the username field then offers passkeys."""
    remembered = preference.load(request)
    if not (remembered and remembered.username and entries.offers(AuthFlow.USER_AUTH)):
        return ""
    form.fields["username"].widget.attrs["autocomplete"] = "username webauthn"
    return with_query(reverse("passkey"), next=next)


def _answer(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    problem: Problem | None,
    status: int = 200,
    url: str = "",
) -> HttpResponse:
    response = htmx.show(request, template, context, status=problem.status if problem else status, url=url)
    if problem and problem.retry_after is not None:
        response["Retry-After"] = str(problem.retry_after)
    return response
