"""Cookies that outlive a session: sealed, so that the browser keeps them and only this site reads them."""

import base64
import binascii
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from flows.signin import sealing

LIFE_SECONDS = 400 * 24 * 60 * 60  # browsers keep none for longer (RFC 6265bis, 5.5)


def named(name: str) -> str:
    """``name`` with the prefix of the site's other cookies, ``__Host-`` wherever there is https."""
    return settings.SESSION_COOKIE_NAME.removesuffix("session") + name


def read(request: HttpRequest, name: str, *, purpose: str) -> Any:
    """What the cookie holds; ``None`` if there is none, or it was not sealed here for ``purpose``."""
    text = request.COOKIES.get(name, "")
    try:
        return sealing.unseal(purpose, base64.urlsafe_b64decode(text)) if text else None
    except (ValueError, binascii.Error):
        return None


def write(response: HttpResponse, name: str, value: Any, *, purpose: str) -> None:
    """Have the browser keep ``value``: out of reach of scripts, and of requests that other sites make."""
    response.set_cookie(
        name,
        base64.urlsafe_b64encode(sealing.seal(purpose, value)).decode(),
        max_age=LIFE_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def drop(response: HttpResponse, name: str) -> None:
    """Deleted with the same attributes: browsers refuse a ``__Host-`` cookie without Secure, even an ending one."""
    response.delete_cookie(name, samesite="Lax")
    response.cookies[name]["secure"] = settings.SESSION_COOKIE_SECURE or ""
    response.cookies[name]["httponly"] = True
