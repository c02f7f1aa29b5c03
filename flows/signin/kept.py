"""The only door to the tokens of somebody who is signed in: kept in the sealed session, never in the browser."""

import time
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from flows.cognito.outcome import Tokens

KEY = "tokens"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Times are Unix times. ``checked_at`` is when the pool last confirmed that these tokens count."""

    id_token: str = field(repr=False)
    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_at: float
    signed_in_at: float
    checked_at: float
    flow: str
    username: str
    device_key: str = ""

    @property
    def refresh_due_at(self) -> float:
        return self.expires_at - float(settings.TOKEN_REFRESH_LEEWAY_SECONDS)

    def refreshed(self, tokens: Tokens, *, now: float) -> "Kept":
        """These with new tokens; the refresh token stays unless the pool rotates it."""
        return replace(
            self,
            id_token=tokens.id_token,
            access_token=tokens.access_token,
            refresh_token=tokens.refresh_token or self.refresh_token,
            expires_at=now + tokens.expires_in,
            checked_at=now,
        )


def keep(request: HttpRequest, tokens: Tokens, *, flow: str, username: str, device_key: str = "") -> None:
    """Begin to keep the tokens of a fresh sign-in, and the device that they are bound to."""
    now = time.time()
    store(
        request,
        Kept(
            id_token=tokens.id_token,
            access_token=tokens.access_token,
            refresh_token=tokens.refresh_token,
            expires_at=now + tokens.expires_in,
            signed_in_at=now,
            checked_at=now,
            flow=flow,
            username=username,
            device_key=device_key,
        ),
    )


def store(request: HttpRequest, kept: Kept) -> None:
    request.session[KEY] = dump(kept)


def kept(request: HttpRequest) -> Kept | None:
    """The tokens of this session, if somebody is signed in."""
    return load(request.session.get(KEY))


def require(request: HttpRequest) -> Kept:
    """The tokens of a request that the middleware has let through as signed in."""
    tokens = kept(request)
    if tokens is None:
        raise LookupError("nobody is signed in")
    return tokens


def dump(kept: Kept) -> dict[str, Any]:
    return asdict(kept)


def load(stored: dict[str, Any] | None) -> Kept | None:
    return Kept(**stored) if stored else None
