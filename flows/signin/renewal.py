"""Is whoever is signed in still signed in? Refresh when due, ask the pool now and then, end what it has ended.

Parallel requests refresh once (T078): the first to lock the session row takes the turn, asks the pool outside the
lock and writes the new tokens; the others go on with the old ones while those last, or wait for the new.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpRequest

from flows.cognito import account, refresh
from flows.cognito import tokens as cognito_tokens
from flows.cognito.errors import BAD_TOKEN, CognitoError
from flows.signin import kept
from flows.signin.backend import mirror_groups
from flows.signin.kept import Kept
from flows.signin.sessions import Data, store_of

TURN = "refresh_turn"  # session key: {"until": Unix time, "failed": whether the pool did not answer}
TURN_SECONDS = 8.0  # longer than a refresh can take: connect 2 s + read 5 s
PAUSE_SECONDS = 5.0  # after a failure nobody tries again for so long
POLL_SECONDS = 0.05
logger = logging.getLogger(__name__)

# What ends a session; everything else (throttling, no answer) leaves it as it is. The list is Amplify v6's, and what
# a pool says that no longer knows its own tokens.
REFUSED = frozenset(
    {
        "NotAuthorizedException",
        "TokenRevokedException",
        "UserNotFoundException",
        "PasswordResetRequiredException",
        "UserNotConfirmedException",
        "RefreshTokenReuseException",
        "ResourceNotFoundException",
        "InvalidParameterException",
        BAD_TOKEN,
    }
)


class Standing(StrEnum):
    """What ``ensure`` found."""

    GOOD = "good"
    ENDED = "ended"
    UNKNOWN = "unknown"  # the tokens have run out and the pool does not answer


class Turn(StrEnum):
    """Whose refresh it is."""

    MINE = "mine"
    DONE = "done"  # no refresh is due any more
    THEIRS = "theirs"
    PAUSED = "paused"  # it has just failed


def ensure(request: HttpRequest, *, now: Callable[[], float] = time.time) -> Standing:
    """Bring this session's tokens up to date. Raises nothing of Cognito's."""
    tokens = kept.kept(request)
    if tokens is None:
        return Standing.ENDED
    try:
        if now() >= tokens.refresh_due_at:
            return _refresh_once(request, now, is_due=lambda held: now() >= held.refresh_due_at)
        if now() >= tokens.checked_at + settings.SESSION_RECHECK_SECONDS:
            _recheck(request, tokens, now())
    except (CognitoError, UpdateError) as error:
        return _judge(error, usable=now() < tokens.expires_at)
    return Standing.GOOD


def at_once(request: HttpRequest, *, now: Callable[[], float] = time.time) -> Standing:
    """Refresh though it is not due (Amplify's ``forceRefresh``): once, however often the button is pressed meanwhile.
    The tokens stay as they are where the pool does not answer."""
    tokens = kept.kept(request)
    if tokens is None:
        return Standing.ENDED
    try:
        return _refresh_once(request, now, is_due=lambda held: held.access_token == tokens.access_token)
    except (CognitoError, UpdateError) as error:
        return _judge(error, usable=now() < tokens.expires_at)


def _refresh_once(request: HttpRequest, now: Callable[[], float], *, is_due: Callable[[Kept], bool]) -> Standing:
    """Take the turn and refresh, or profit from whoever has it."""
    while True:
        turn = _take_turn(request, now(), is_due)
        tokens = kept.kept(request)
        if tokens is None:
            return Standing.ENDED
        if turn is Turn.MINE:
            _refresh(request, tokens, now)
            return Standing.GOOD
        if turn is Turn.DONE or now() < tokens.expires_at:
            return Standing.GOOD
        if turn is Turn.PAUSED:
            return Standing.UNKNOWN
        time.sleep(POLL_SECONDS)


def _take_turn(request: HttpRequest, at: float, is_due: Callable[[Kept], bool]) -> Turn:
    turn = Turn.DONE

    def take(data: Data) -> None:
        nonlocal turn
        tokens, last = kept.load(data.get(kept.KEY)), data.get(TURN)
        if tokens is None or not is_due(tokens):
            turn = Turn.DONE
        elif last and at < last["until"]:
            turn = Turn.PAUSED if last["failed"] else Turn.THEIRS
        else:
            turn = Turn.MINE
            data[TURN] = {"until": at + TURN_SECONDS, "failed": False}

    store_of(request).update_now(take)
    return turn


def _refresh(request: HttpRequest, tokens: Kept, now: Callable[[], float]) -> None:
    try:
        fresh = refresh.refresh(
            tokens.refresh_token, username=request.user.get_username(), device_key=tokens.device_key
        )
    except CognitoError:
        failed = {"until": now() + PAUSE_SECONDS, "failed": True}
        store_of(request).update_now(lambda data: data.update({TURN: failed}))
        raise
    renewed = kept.dump(tokens.refreshed(fresh, now=now()))

    def adopt(data: Data) -> None:
        data[kept.KEY] = renewed
        data.pop(TURN, None)

    store_of(request).update_now(adopt)  # kept before judged: with rotation the old refresh token is already spent
    claims = cognito_tokens.verify(fresh)
    if not isinstance(request.user, User) or claims.sub != request.user.username:
        raise CognitoError(BAD_TOKEN, "refresh", message="the tokens are about somebody else")
    mirror_groups(request.user, claims)


def _recheck(request: HttpRequest, tokens: Kept, at: float) -> None:
    """A JWT cannot tell that its user was disabled, deleted or signed out elsewhere; GetUser can (T073, T081)."""
    account.get_user(tokens.access_token)
    if settings.SESSION_RECHECK_SECONDS:
        kept.store(request, replace(tokens, checked_at=at))


def _judge(error: CognitoError | UpdateError, *, usable: bool) -> Standing:
    if isinstance(error, UpdateError):
        return Standing.ENDED  # another tab signed out meanwhile
    if error.code in REFUSED:
        logger.info("A session ended: %s", error)
        return Standing.ENDED
    logger.warning("The pool did not say whether a session still counts: %s", error)
    return Standing.GOOD if usable else Standing.UNKNOWN
