"""Signing out: here, which always works, and at the pool, which may not answer."""

import logging

from django.contrib.auth import logout
from django.http import HttpRequest

from flows.cognito import account
from flows.cognito.errors import CognitoError
from flows.signin import kept, renewal

logger = logging.getLogger(__name__)


def sign_out(request: HttpRequest, *, everywhere: bool = False) -> str:
    """End the tokens where they were made, then the session. What to say about it is a key of ``pages.SAID``."""
    said = _tell_pool(request, everywhere=everywhere)
    logout(request)
    return said


def _tell_pool(request: HttpRequest, *, everywhere: bool) -> str:
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
