"""What somebody might do next. Said once, quietly, and only where it would work."""

import logging

from django.conf import settings
from django.http import HttpRequest

from flows.cognito import factors
from flows.cognito.errors import CognitoError
from flows.signin import kept
from flows.terms import AuthFlow, FirstFactor

_KEY = "has_passkey"  # session key: asked once in a session, for each call to the pool costs a person time
logger = logging.getLogger(__name__)


def passkey(request: HttpRequest) -> bool:
    """Whether to suggest a passkey: this site signs in with them, and this person has none."""
    if AuthFlow.USER_AUTH not in settings.SIGN_IN_FLOWS:
        return False
    if _KEY not in request.session:
        try:
            known = factors.factors_of(kept.require(request).access_token)
        except CognitoError as error:
            logger.info("Nobody knows whether to suggest a passkey: %s", error)
            return False
        request.session[_KEY] = FirstFactor.WEB_AUTHN in known.configured
    return not request.session[_KEY]


def ask_again(request: HttpRequest) -> None:
    """Something has changed."""
    request.session.pop(_KEY, None)
