"""In which browsers the inspector is on, and whose runs are whose.

Of a demo, whoever sits at its machine may switch it on (settings.DEMO_GUARD); a signed cookie tells browsers apart.
Elsewhere a user of INSPECTOR_USERS may, in a browser in which they are signed in. There the cookie says who it was, for
twelve hours from when they last switched it, or until they are no longer named: the next sign-in, which begins before
anybody knows who it is, is to be recorded too. Once it turns out to be somebody else's, the cookie says nothing, and
the middleware drops what was recorded of it. Their runs are theirs in every browser, and nobody's after they sign out:
a run that began before they signed in is this browser's until they do, and theirs from then on. Others that it has, of
tries that came to nothing, go: anybody may have typed them.
"""

import hashlib
import secrets
import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from flows import demo

COOKIE = ("__Host-" if settings.SESSION_COOKIE_SECURE else "") + "inspector"
_SALT = "flows.inspector.switch"
_OF_THE_DEMO, _OF_A_USER = timedelta(days=365), timedelta(hours=12)


def may_inspect(request: HttpRequest) -> bool:
    """Whether this browser may switch it on and look at runs."""
    return is_at_the_demo(request) or bool(_named(request) or _said(request).get("sub"))


def owner(request: HttpRequest) -> str:
    """What the runs are found by that this browser may see; empty where nobody may inspect."""
    said = _said(request)
    if named := _named(request):
        return _hash(named)
    if said.get("sub"):
        return _hash(f"{said['id']} {said['sub']}")
    return _hash(said["id"]) if said.get("id") and is_at_the_demo(request) else ""


def before_signing_in(request: HttpRequest) -> str:
    """What runs of who is signed in were found by while this browser waited for them; empty where it did not."""
    said, named = _said(request), _named(request)
    return _hash(f"{said['id']} {named}") if named and said.get("sub") == named else ""


def named_owners() -> frozenset[str] | None:
    """What the runs of those are found by who are named; ``None`` at a demo, where anybody's browser may have some."""
    return None if settings.DEMO_GUARD else frozenset(_hash(sub) for sub in settings.INSPECTOR_USERS)


def is_on(request: HttpRequest) -> bool:
    """Whether this browser's requests are to be recorded."""
    said = _said(request)
    return bool(said.get("on") and (said.get("sub") or is_at_the_demo(request)))


def turn(request: HttpRequest, response: HttpResponse, *, on: bool) -> None:
    """settings.INSPECTOR_SWITCH: on or off, for who may. Runs stay where they are."""
    if not may_inspect(request):
        return
    said, named = _said(request), _named(request)
    value = {
        "id": said.get("id") or secrets.token_urlsafe(16),
        "sub": named or said.get("sub", ""),
        "seen": int(time.time()) if named else said.get("seen", 0),  # switching alone makes it last no longer
        "on": on,
    }
    response.set_cookie(
        COOKIE,
        signing.dumps(value, salt=_SALT),
        max_age=_OF_A_USER if value["sub"] else _OF_THE_DEMO,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def is_of_somebody_else(request: HttpRequest) -> bool:
    """Whether the cookie names a user, and another one is signed in."""
    sub = _signed(request).get("sub")
    return bool(sub and _user(request) not in ("", sub))


def drop(response: HttpResponse) -> None:
    """The next one who sits here is not recorded."""
    response.delete_cookie(COOKIE, samesite="Lax")


def is_at_the_demo(request: HttpRequest) -> bool:
    """Whether this is a demo that demonstrates, and asked for from its own machine."""
    return bool(settings.DEMONSTRATION and demo.is_at_its_machine(request))


def _named(request: HttpRequest) -> str:
    """The ``sub`` of a user of INSPECTOR_USERS who is signed in here; no session is looked at where nobody is named."""
    sub = _user(request) if settings.INSPECTOR_USERS else ""
    return sub if sub in settings.INSPECTOR_USERS else ""


def _user(request: HttpRequest) -> str:
    """The ``sub`` of whoever is signed in; a page that refuses a wrong Host is made before anybody knows."""
    user = getattr(request, "user", None)
    return str(user.get_username()) if user is not None and user.is_authenticated else ""


def _said(request: HttpRequest) -> dict[str, Any]:
    """What the cookie says; nothing of who is named no more, was here long ago, or has made way for another."""
    said = _signed(request)
    if not said.get("sub"):
        return said
    is_fresh = time.time() < said.get("seen", 0) + _OF_A_USER.total_seconds()
    is_valid = is_fresh and said["sub"] in settings.INSPECTOR_USERS and not is_of_somebody_else(request)
    return said if is_valid else {}


def _hash(whose: str) -> str:
    return hashlib.sha256(whose.encode()).hexdigest()


def _signed(request: HttpRequest) -> dict[str, Any]:
    try:
        said: dict[str, Any] = signing.loads(request.COOKIES[COOKIE], salt=_SALT, max_age=_OF_THE_DEMO)
    except (KeyError, signing.BadSignature):
        return {}
    return said
