"""The single exit of every sign-in, whatever flow it took. Nothing else calls ``login()``."""

from django.conf import settings
from django.contrib.auth import authenticate, login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from flows import htmx
from flows.cognito import tokens as cognito_tokens
from flows.cognito.errors import CognitoError
from flows.cognito.outcome import SignedIn
from flows.safe_next import safe_next
from flows.signin import confirming, consent, device_cookies, elsewhere, hint, kept, preference, this_device
from flows.signin.problems import NOT_ACTIVE_HERE, SOMEBODY_ELSE
from flows.steps.pending import Pending


def finish(request: HttpRequest, outcome: SignedIn, attempt: Pending) -> HttpResponse:
    """Believe the tokens, become that user under a new session id, keep the tokens here, go where ``next`` says.

    Raises ``CognitoError`` and leaves the session as it was if any check fails.
    """
    claims = cognito_tokens.verify(outcome.tokens)
    if request.user.is_authenticated and claims.sub != request.user.get_username():
        raise CognitoError(SOMEBODY_ELSE, "sign-in")  # never switches silently (T071)
    user = authenticate(request, claims=claims)
    if not isinstance(user, User):
        raise CognitoError(NOT_ACTIVE_HERE, "sign-in")
    elsewhere.settle(request, user)
    before = kept.kept(request)
    if request.user.is_authenticated:
        request.session.cycle_key()  # login() keeps the id of somebody who signs in again (T069)
    login(request, user)
    standing = this_device.settle(request, outcome, attempt)
    kept.keep(request, outcome.tokens, flow=attempt.flow, username=attempt.username, device_key=standing.key)
    confirming.done(request, before)
    hint.drop(request)
    destination = safe_next(attempt.next) or resolve_url(settings.LOGIN_REDIRECT_URL)
    if standing.asks:
        destination = consent.ask(request, device_key=standing.key, next=destination)
    response = htmx.redirect(request, destination)
    device_cookies.keep(request, response, attempt.username, standing.device)
    remembered = attempt.username if attempt.remember else ""
    preference.keep(response, flow=attempt.flow, factor=attempt.preferred, username=remembered)
    return response
