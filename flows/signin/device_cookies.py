"""This browser's device keys and their secrets, one sealed cookie for each user who signed in here.

A cookie and not the session: a device is remembered for longer than a sign-in lasts. Sealed and not only signed: the
secret stands for the second factor, so no script and no copy of the cookie jar's file may read it.
"""

import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from flows.cognito import connection
from flows.cognito.devices import DEVICE_REFUSED, Device
from flows.cognito.errors import CognitoError
from flows.signin import cookies

MOST = 4  # users of one browser; the one who has not signed in for longest is forgotten first
_PURPOSE = "flows.signin.device"


def load(request: HttpRequest, username: str) -> Device | None:
    """The device that this browser is to the current pool for ``username``, which counts as it was typed."""
    found = (cookies.read(request, name, purpose=_PURPOSE) for name in _names(username))
    kept: Any = next((each for each in found if each is not None), None)
    try:
        return Device(key=kept["key"], group=kept["group"], secret=kept["secret"])
    except (KeyError, TypeError):
        return None


def keep(request: HttpRequest, response: HttpResponse, username: str, device: Device | None) -> None:
    """Let the browser keep what it has become to the pool; nothing, where the pool no longer knows it."""
    name, *older = _names(username)
    for other in older if device else (name, *older):
        if other in request.COOKIES:
            cookies.drop(response, other)
    if device is None:
        return
    cookies.write(response, name, {**asdict(device), "at": int(time.time())}, purpose=_PURPOSE)
    others = sorted(_others(request, (name, *older)), key=lambda other: _age(request, other))
    for surplus in others[MOST - 1 :]:
        cookies.drop(response, surplus)


def forget_refused(response: HttpResponse, username: str, error: CognitoError) -> HttpResponse:
    """``response`` to a refusal; without the cookie, if it is the device's proof that was not believed. Or it would be
    refused at every sign-in."""
    if error.code == DEVICE_REFUSED:
        for name in _names(username):
            cookies.drop(response, name)
    return response


def _names(username: str) -> list[str]:
    """Keyed, so that the name of a cookie does not tell who signs in here: the present one, then those under keys that
    SECRET_KEY_FALLBACKS still has."""
    whose = f"{connection.current().user_pool_id}\n{username}"
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    hashes = (salted_hmac(_PURPOSE, whose, secret=key, algorithm="sha256").hexdigest() for key in keys)
    return [cookies.named(f"device-{each[:16]}") for each in hashes]


def _others(request: HttpRequest, own: Sequence[str]) -> list[str]:
    return [other for other in request.COOKIES if other.startswith(cookies.named("device-")) and other not in own]


def _age(request: HttpRequest, name: str) -> float:
    """Seconds since that user's last sign-in; what cannot be read is the oldest."""
    kept = cookies.read(request, name, purpose=_PURPOSE)
    return time.time() - kept["at"] if isinstance(kept, dict) and "at" in kept else float("inf")
