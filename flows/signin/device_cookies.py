"""This browser's device keys and their secrets, one sealed cookie for each user who signed in here.

A cookie and not the session: a device is remembered for longer than a sign-in lasts. Sealed and not only signed: the
secret stands for the second factor, so no script and no copy of the cookie jar's file may read it.
"""

import time
from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from flows.cognito import connection
from flows.cognito.devices import Device
from flows.signin import cookies

MOST = 4  # users of one browser; the one who has not signed in for longest is forgotten first
_PURPOSE = "flows.signin.device"


def load(request: HttpRequest, username: str) -> Device | None:
    """The device that this browser is to the current pool for ``username``, which counts as it was typed."""
    kept = cookies.read(request, _name(username), purpose=_PURPOSE)
    try:
        return Device(key=kept["key"], group=kept["group"], secret=kept["secret"])
    except (KeyError, TypeError):
        return None


def keep(request: HttpRequest, response: HttpResponse, username: str, device: Device | None) -> None:
    """Let the browser keep what it has become to the pool; nothing, where the pool no longer knows it."""
    name = _name(username)
    if device is None:
        if name in request.COOKIES:
            cookies.drop(response, name)
        return
    cookies.write(response, name, {**asdict(device), "at": int(time.time())}, purpose=_PURPOSE)
    others = sorted(_others(request, name), key=lambda other: _age(request, other))
    for surplus in others[MOST - 1 :]:
        cookies.drop(response, surplus)


def forget(response: HttpResponse, username: str) -> None:
    """Drop the cookie of a device whose proof was not believed."""
    cookies.drop(response, _name(username))


def _name(username: str) -> str:
    """Keyed, so that the name of a cookie does not tell who signs in here."""
    whose = f"{connection.current().user_pool_id}\n{username}"
    return cookies.named(f"device-{salted_hmac(_PURPOSE, whose, algorithm='sha256').hexdigest()[:16]}")


def _others(request: HttpRequest, name: str) -> list[str]:
    return [other for other in request.COOKIES if other.startswith(cookies.named("device-")) and other != name]


def _age(request: HttpRequest, name: str) -> float:
    """Seconds since that user's last sign-in; what cannot be read is the oldest."""
    kept = cookies.read(request, name, purpose=_PURPOSE)
    return time.time() - kept["at"] if isinstance(kept, dict) and "at" in kept else float("inf")
