"""/account/mfa/app/: an authenticator app is shown its secret and proves that it has it."""

import time
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from flows import htmx
from flows.account import pages, recent
from flows.account.problems import NEEDS_PASSWORD
from flows.cognito import factors, otpauth
from flows.cognito.errors import CognitoError
from flows.fields import CodeField
from flows.signin import kept
from flows.signin.guard import signed_in_only
from flows.signin.problems import Problem
from flows.terms import ChallengeName

_KEY = "authenticator_app"  # session key: {"secret": base32, "until": Unix time}
_LIFE_SECONDS = 15 * 60


class AppForm(forms.Form):
    """The first code that the app shows."""

    code = CodeField(label="Code from the app")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="%s")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def set_up(request: HttpRequest) -> HttpResponse:
    """Begin, or go on with what was begun."""
    if _pending(request):
        return _go_on(request)
    return _begin(request) if request.method == "POST" else _page(request, AppForm())


@recent.always
def _go_on(request: HttpRequest) -> HttpResponse:
    """Show the secret, the same one until it is verified or given up; take a code of it. It outlives the recent
    sign-in, so whoever confirms in between comes back to the same one."""
    if request.method != "POST":
        return _page(request, AppForm())
    if "code" not in request.POST:
        return _begin(request)
    form = AppForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        _adopt(kept.require(request).access_token, form.cleaned_data["code"])
    except CognitoError as error:
        return pages.refused(request, error, lambda problem: _page(request, form, problem))
    del request.session[_KEY]
    return pages.done(request, "mfa", "app-added")


@recent.to_change
def _begin(request: HttpRequest) -> HttpResponse:
    """A new secret, kept in the session: a reload must show the one that the app was told.
    Not for somebody whom it would lock out, once it is turned on (T108)."""
    token = kept.require(request).access_token
    try:
        if factors.factors_of(token).second_would_lock_out:
            return _page(request, AppForm(), NEEDS_PASSWORD)
        secret = factors.associate(token)
    except CognitoError as error:
        return pages.refused(request, error, lambda problem: _page(request, AppForm(), problem))
    request.session[_KEY] = {"secret": secret, "until": time.time() + _LIFE_SECONDS}
    return _page(request, AppForm()) if htmx.is_htmx(request) else htmx.SeeOther(request.path)


def _adopt(access_token: str, code: str) -> None:
    """Verified is not yet asked for (protocol notes, 9.4): turn it on too, and prefer it where nothing else is."""
    factors.verify(access_token, code)
    others = factors.factors_of(access_token).preferred
    app = ChallengeName.SOFTWARE_TOKEN_MFA
    factors.prefer(access_token, app, enabled=True, preferred=others in ("", app))


def _pending(request: HttpRequest) -> str:
    stored = request.session.get(_KEY)
    return str(stored["secret"]) if stored and time.time() < stored["until"] else ""


def _page(request: HttpRequest, form: AppForm, problem: Problem | None = None, *, status: int = 200) -> HttpResponse:
    secret, username = _pending(request), kept.require(request).username
    if problem and problem.field in form.fields and form.is_bound:
        form.add_error(problem.field, problem.text)
    context: dict[str, Any] = {"form": form, "secret": secret}
    if secret:
        address = otpauth.uri(secret, username=username)
        context |= {"groups": otpauth.groups(secret), "address": address, "picture": otpauth.qr(address)}
    shown = None if form.errors else problem
    response = pages.show(request, "flows/account/authenticator-app.html", context, section="mfa", problem=shown)
    if form.errors:
        response.status_code = problem.status if problem else status
    return response
