"""What this browser remembers of the last sign-in by choice: the first factor, and the username of whoever said so.

Written only after a sign-in that succeeded, so it never tells anybody who exists.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from flows.signin import cookies
from flows.terms import AuthFlow, FirstFactor

_PURPOSE = "flows.signin.preference"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """``factor`` is a FirstFactor, or empty; so is ``username`` for a browser that may not keep it."""

    factor: str = ""
    username: str = ""


def load(request: HttpRequest) -> Preference | None:
    """``None`` for a browser that never signed in by choice."""
    kept = cookies.read(request, _name(), purpose=_PURPOSE)
    if not isinstance(kept, dict):
        return None
    factor = kept.get("factor", "")
    return Preference(factor=factor if factor in tuple(FirstFactor) else "", username=str(kept.get("username", "")))


def keep(response: HttpResponse, *, flow: str, factor: str, username: str) -> None:
    """Remember a sign-in that has just succeeded; those of other flows involved no choice."""
    if flow == AuthFlow.USER_AUTH:
        cookies.write(response, _name(), {"factor": factor, "username": username}, purpose=_PURPOSE)


def _name() -> str:
    return cookies.named("choice")
