"""/account/passkeys/: which there are, one more, one less."""

import json
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from flows.account import pages, recent, suggestions
from flows.account.problems import GONE, LAST_WAY_IN, UNREADABLE
from flows.cognito import factors, passkeys
from flows.cognito.errors import CognitoError
from flows.cognito.passkeys import Passkey
from flows.signin import kept
from flows.signin.guard import signed_in_only
from flows.signin.problems import Problem
from flows.terms import FirstFactor

_MOST = 64 * 1024  # characters of a credential; real ones have one or two thousand


@require_safe
@signed_in_only
def overview(request: HttpRequest) -> HttpResponse:
    """All passkeys, and the way to another one."""
    return _list(request)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def add(request: HttpRequest) -> HttpResponse:
    """Ask the browser for a new passkey; register the one that it made, which was asked for after a recent sign-in."""
    if request.method != "POST":
        return _begin(request)
    credential = _credential(request.POST.get("credential", ""))
    if credential is None:
        return _begin(request, UNREADABLE)
    try:
        passkeys.complete(kept.require(request).access_token, credential)
    except CognitoError as error:
        return pages.refused(request, error, lambda problem: _begin(request, problem))
    suggestions.ask_again(request)
    return pages.done(request, "passkeys", "passkey-added")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
@recent.to_change
def delete(request: HttpRequest, credential: str) -> HttpResponse:
    """Ask whether this passkey is to go; let it go, unless it is the only way in (T108)."""
    token = kept.require(request).access_token
    try:
        there = passkeys.all_of(token)
        passkey = next((each for each in there if each.id == credential), None)
        if passkey is None:
            return _list(request, GONE)
        last = _is_last_way_in(token, passkey, there, host=str(urlsplit(f"//{request.get_host()}").hostname))
        if request.method == "POST" and not last:
            passkeys.delete(token, credential)
            suggestions.ask_again(request)
            return pages.done(request, "passkeys", "passkey-deleted")
    except CognitoError as error:
        return pages.refused(request, error, lambda problem: _list(request, problem))
    context = {"passkey": passkey, "last": last}
    problem = LAST_WAY_IN if last else None
    return pages.show(request, "flows/account/passkey-delete.html", context, section="passkeys", problem=problem)


def _is_last_way_in(access_token: str, passkey: Passkey, there: list[Passkey], *, host: str) -> bool:
    """A passkey of a domain that this site had before lets nobody in."""
    working = [each for each in there if f".{host}".endswith(f".{each.rp_id}")]
    return working == [passkey] and not factors.factors_of(access_token).ways_in - {FirstFactor.WEB_AUTHN}


def _list(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    """Should even the list be refused, the page says so and has none."""
    there: list[Passkey] | None = None
    try:
        there = passkeys.all_of(kept.require(request).access_token)
    except CognitoError as error:
        return pages.refused(request, error, lambda found: _page(request, None, problem or found))
    return _page(request, there, problem)


def _page(request: HttpRequest, there: list[Passkey] | None, problem: Problem | None) -> HttpResponse:
    context = {"passkeys": there}
    return pages.show(request, "flows/account/passkeys.html", context, section="passkeys", problem=problem)


@recent.always
def _begin(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    """A challenge serves once, so whatever went wrong, the page brings a new one."""
    try:
        options = json.dumps(passkeys.begin(kept.require(request).access_token))
    except CognitoError as error:
        return pages.refused(request, error, lambda found: _ceremony(request, "", problem or found))
    return _ceremony(request, options, problem)


def _ceremony(request: HttpRequest, options: str, problem: Problem | None) -> HttpResponse:
    context = {"options": options}
    return pages.show(request, "flows/account/passkey-add.html", context, section="passkeys", problem=problem)


def _credential(text: str) -> dict[str, Any] | None:
    """A JSON object, as ``PublicKeyCredential.toJSON`` makes it; the pool judges what is in it."""
    try:
        credential = json.loads(text) if len(text) <= _MOST else None
    except (ValueError, RecursionError):
        return None
    return credential if isinstance(credential, dict) else None
