"""Who is to sign in for a demonstration: the username is filled in, and a note says the rest.

Somebody pressed a button that says so (``settings.SIGN_IN_AS`` names ``sign_in_as``). It is kept in the session until a
sign-in succeeds: never in an address, which strangers can write. The password is not kept at all, but looked up for
browsers that may see the demo, each time anew.
"""

from dataclasses import dataclass, field

from django.http import HttpRequest

from flows import demo
from flows.signin import leaving

_KEY = "sign_in_hint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """A user of the demo, and what to expect of them."""

    username: str
    password: str = field(repr=False)
    about: str


def sign_in_as(request: HttpRequest, *, username: str, entry: str, about: str = "") -> None:
    """Sign out whoever is signed in; the next sign-in by ``entry`` is to be that of the demo user ``username``.

    ``about`` says what to expect of them in place of what the demo says, which may name a secret and is looked up.
    """
    if request.user.is_authenticated:
        leaving.sign_out(request)
    request.session[_KEY] = {"username": username, "entry": entry, "about": about}


def read(request: HttpRequest, *, entry: str, username: str = "") -> Hint | None:
    """What was left for ``entry``, and for nobody but ``username`` where one is known already."""
    left = request.session.get(_KEY)
    if not left or left["entry"] != entry or username not in ("", left["username"]):
        return None
    users = (demo.config(request) or {}).get("users", ())
    user = next((user for user in users if user["username"] == left["username"]), None)
    if user is None:
        return None
    return Hint(username=user["username"], password=user["password"], about=left.get("about") or user["about"])


def drop(request: HttpRequest) -> None:
    """Somebody has signed in."""
    request.session.pop(_KEY, None)
