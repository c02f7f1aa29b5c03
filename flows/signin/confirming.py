"""Showing once more that it is you: somebody who is signed in signs in again, as the same person (T038).

The session says that this was asked for. Without that, a sign-in form is answered with "You are signed in" (T071);
with it, ``signed_in.finish`` still takes nobody but the person whose session it is.
"""

import logging
import time
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from flows.cognito import account
from flows.cognito.errors import CognitoError
from flows.signin import kept
from flows.signin.kept import Kept

RECENT_SECONDS = 5 * 60  # so long after signing in, nobody is asked again
_KEY = "confirming"
_LIFE_SECONDS = 15 * 60  # as long as an attempt may take
logger = logging.getLogger(__name__)


def is_recent(request: HttpRequest) -> bool:
    """Whether this session's sign-in is so fresh that it stands for the person."""
    return time.time() - kept.require(request).signed_in_at < RECENT_SECONDS


def url(*, next: str) -> str:
    """Where to show it. ``next`` is where the person was."""
    return f"{reverse('sign-in')}?{urlencode({'confirm': '1', 'said': 'confirm', 'new': '1', 'next': next})}"


def note(request: HttpRequest) -> None:
    """Remember in the session that a signed-in person follows ``url``."""
    if "confirm" in request.GET and request.user.is_authenticated:
        request.session[_KEY] = time.time() + _LIFE_SECONDS


def may_sign_in(request: HttpRequest) -> bool:
    """Whether a sign-in form is for this visitor: nobody is signed in, or somebody who is to confirm it."""
    return not request.user.is_authenticated or time.time() < request.session.get(_KEY, 0)


def username(request: HttpRequest) -> str:
    """Who is to confirm, as they called themselves."""
    tokens = kept.kept(request) if request.user.is_authenticated else None
    return tokens.username if tokens else ""


def done(request: HttpRequest, before: Kept | None) -> None:
    """Somebody has signed in. The tokens of ``before`` are nobody's any more: end them, if the pool answers."""
    request.session.pop(_KEY, None)
    if before is None or not before.refresh_token:
        return
    try:
        account.revoke_token(before.refresh_token)
    except CognitoError as error:
        logger.warning("The tokens of before a confirmation live until they expire: %s", error)
