"""Passkey autofill on the sign-in page: the question is asked before anybody does anything, so that one tap answers it.

For a browser that may keep its username. The page loads this by htmx, and again before the Session ends.
"""

import logging

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from flows import htmx
from flows.cognito.errors import CognitoError
from flows.cognito.outcome import Challenge
from flows.safe_next import safe_next
from flows.signin import confirming, device_cookies, entries, pages, pending, preference
from flows.steps import beginnings
from flows.steps.pending import Pending
from flows.terms import AuthFlow, ChallengeName, FirstFactor

RENEW_SECONDS = 150  # AuthSessionValidity is three minutes unless the app client says more, and no client is told
logger = logging.getLogger(__name__)


@require_safe
def passkey(request: HttpRequest) -> HttpResponse:
    """The hidden form; or nothing at all, which also takes an older form away, where this site has no USER_AUTH or the
    pool answers anything but WEB_AUTHN. It changes nothing but this browser's own pending attempts, hence GET."""
    remembered = preference.load(request)
    pending.drop(request, request.GET.get("instead", ""))
    if not remembered or not remembered.username:
        return HttpResponse()
    if not entries.offers(AuthFlow.USER_AUTH) or not confirming.may_sign_in(request):
        return HttpResponse()
    attempt = _asked(request, remembered.username)
    if attempt is None:
        return HttpResponse()
    next = safe_next(request.GET.get("next", ""))
    context = {
        "options": attempt.parameters.get("CREDENTIAL_REQUEST_OPTIONS", ""),
        "step_url": pages.step_url(attempt),
        "renew_url": pages.with_query(reverse("passkey"), instead=attempt.attempt, next=next),
        "renew_seconds": RENEW_SECONDS,
    }
    return htmx.show(request, "flows/start/autofill.html", context)


def _asked(request: HttpRequest, username: str) -> Pending | None:
    """A quiet attempt that waits for a passkey."""
    entry = entries.entry_for(AuthFlow.USER_AUTH)
    device = device_cookies.load(request, username)
    try:
        outcome = beginnings.choice(username, preferred=FirstFactor.WEB_AUTHN, device_key=device.key if device else "")
    except CognitoError as error:
        logger.info("No passkey ahead of time: %s", error)
        return None
    if not isinstance(outcome, Challenge) or outcome.name != ChallengeName.WEB_AUTHN:
        return None
    blank = pending.new(
        entry=entry.name,
        flow=entry.flow,
        username=username,
        next=safe_next(request.GET.get("next", "")),
        device=device,
        remember=True,
    )
    return pending.follow(request, blank, outcome, quiet=True)
