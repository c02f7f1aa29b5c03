"""/recover/: a code, and another password for it. No word here tells whether anybody of that name exists."""

import logging
import time
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from flows import htmx
from flows.account.problems import problem_for
from flows.cognito import recovery
from flows.cognito.errors import CognitoError
from flows.fields import CodeField, PasswordField, UsernameField
from flows.signin import elsewhere
from flows.signin.problems import Problem

_KEY = "recovery"  # session key: {"username": as typed, "until": Unix time}
_LIFE_SECONDS = 60 * 60  # as long as the code
logger = logging.getLogger(__name__)

# Refusals that depend on who was named. To the person they are what they would be for nobody: a code is on its way.
_ABOUT_THE_USER = frozenset(
    {
        "UserNotFoundException",
        "UserNotConfirmedException",
        "NotAuthorizedException",
        "InvalidParameterException",
        "CodeDeliveryFailureException",
    }
)


class NameForm(forms.Form):
    """Whose password."""

    username = UsernameField()

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, auto_id="%s", **options)


class PasswordForm(forms.Form):
    """The code that came, and the password of one's choice."""

    code = CodeField()
    new_password = PasswordField(label="New password", autocomplete="new-password")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="%s")


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask for a code; or go on with one that came already (``have``), as after AdminResetUserPassword."""
    if request.method != "POST":
        return _show(request, "name", NameForm(initial={"username": _username(request)}))
    form = NameForm(request.POST)
    if not form.is_valid():
        return _show(request, "name", form, status=422)
    username = form.cleaned_data["username"]
    if "have" not in request.POST:
        try:
            recovery.send_code(username)
        except CognitoError as error:
            logger.info("No code for a new password: %s", error)
            if error.code not in _ABOUT_THE_USER:
                return _show(request, "name", form, problem_for(error))
    request.session[_KEY] = {"username": username, "until": time.time() + _LIFE_SECONDS}
    return htmx.redirect(request, reverse("recover-code"))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Another password for the code; then to the sign-in."""
    username = _username(request)
    if not username:
        return htmx.redirect(request, reverse("recover"))
    if request.method != "POST":
        return _show(request, "code", PasswordForm())
    form = PasswordForm(request.POST)
    if not form.is_valid():
        return _show(request, "code", form, status=422)
    given = form.cleaned_data
    try:
        recovery.choose_password(username, code=given["code"], password=given["new_password"])
    except CognitoError as error:
        logger.info("No new password: %s", error)
        return _show(request, "code", form, problem_for(error))
    del request.session[_KEY]
    elsewhere.end_at_next_sign_in(request)
    return htmx.redirect(request, f"{reverse('sign-in')}?said=recovered&new=1")


def _username(request: HttpRequest) -> str:
    stored = request.session.get(_KEY)
    return str(stored["username"]) if stored and time.time() < stored["until"] else ""


def _show(
    request: HttpRequest, page: str, form: forms.Form, problem: Problem | None = None, *, status: int = 200
) -> HttpResponse:
    if problem and problem.field in form.fields:
        form.add_error(problem.field, problem.text)
    context = {"form": form, "problem": None if form.errors else problem, "username": _username(request)}
    response = htmx.show(
        request, f"flows/account/recover-{page}.html", context, status=problem.status if problem else status
    )
    if problem and problem.retry_after is not None:
        response["Retry-After"] = str(problem.retry_after)
    return response
