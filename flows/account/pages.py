"""What all pages for a signed-in person share: the way from one to the other, notes, refusals."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from flows import htmx
from flows.account.problems import problem_for
from flows.cognito import account
from flows.cognito.errors import CognitoError
from flows.signin import errors, kept, renewal
from flows.signin.problems import Problem

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One entry of the account's navigation. ``name`` is that of its address."""

    name: str
    label: str

    @property
    def url(self) -> str:
        return reverse(self.name)


SECTIONS = (
    Section(name="account", label="Overview"),
    Section(name="passkeys", label="Passkeys"),
    Section(name="mfa", label="Second factor"),
    Section(name="devices", label="Devices"),
)

# What has just been done: ?said=<key>, so that no text travels in an address.
SAID = {
    "tokens-renewed": "Your tokens were renewed. Nothing else has changed.",
    "tokens-kept": "The sign-in service did not answer. Your tokens are the old ones, which are still good.",
    "passkey-added": "The passkey was added. You can sign in with it from now on.",
    "passkey-deleted": "The passkey was deleted here. Your device may still offer it: remove it there too.",
    "app-added": "The app is set up, and asked for its code from now on.",
    "factors-changed": "Your second factors were changed.",
    "device-forgotten": "The device was forgotten.",
    "device-changed": "The device was changed.",
}


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, section: str, problem: Problem | None = None
) -> HttpResponse:
    """One page of the account, with what was said or refused."""
    context = {
        "sections": SECTIONS,
        "section": section,
        "said": SAID.get(request.GET.get("said", "")),
        "problem": problem,
        **context,
    }
    response = htmx.show(request, template, context, status=problem.status if problem else 200)
    if problem and problem.retry_after is not None:
        response["Retry-After"] = str(problem.retry_after)
    return response


def done(request: HttpRequest, name: str, said: str) -> HttpResponse:
    """It worked: to the page ``name``, which says so."""
    return htmx.redirect(request, f"{reverse(name)}?{urlencode({'said': said})}")


def refused(request: HttpRequest, error: CognitoError, again: Callable[[Problem], HttpResponse]) -> HttpResponse:
    """It did not: ``again`` shows the page with the problem; or the session has ended, and that is said."""
    logger.info("The account was not changed: %s", error)
    if error.code in renewal.REFUSED and not _still_counts(request):
        return errors.session_ended(request)
    return again(problem_for(error))


def _still_counts(request: HttpRequest) -> bool:
    """Many refusals have the same code whether the deed or the token is refused; GetUser tells which."""
    try:
        account.get_user(kept.require(request).access_token)
    except CognitoError as error:
        return error.code not in renewal.REFUSED
    return True
