"""/account/mfa/: which second factors are on, which one is asked first."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from flows.account import pages, recent
from flows.account.problems import NEEDS_PASSWORD
from flows.cognito import account, factors
from flows.cognito.errors import CognitoError
from flows.cognito.factors import Factors
from flows.signin import kept
from flows.signin.guard import signed_in_only
from flows.signin.problems import Problem
from flows.terms import ChallengeName


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One second factor as a person sees it. ``attribute`` is the address it goes to."""

    factor: ChallengeName
    label: str
    sentence: str
    attribute: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A kind and where this person stands with it. ``possible``: it could be turned on."""

    kind: Kind
    destination: str
    possible: bool
    enabled: bool
    preferred: bool


KINDS = (
    Kind(
        factor=ChallengeName.SOFTWARE_TOKEN_MFA,
        label="Authenticator app",
        sentence="An app on your phone or computer shows a code that changes every 30 seconds. It needs no network.",
    ),
    Kind(
        factor=ChallengeName.EMAIL_OTP,
        label="E-mail",
        sentence="A code comes by e-mail each time you sign in.",
        attribute="email",
        missing="Your account has no e-mail address.",
    ),
    Kind(
        factor=ChallengeName.SMS_MFA,
        label="Text message",
        sentence="A code comes to your telephone each time you sign in.",
        attribute="phone_number",
        missing="Your account has no telephone number.",
    ),
)
# What a button may ask for: (enabled, preferred).
CHANGES = {"on": (True, False), "off": (False, False), "prefer": (True, True)}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
@recent.to_change
def overview(request: HttpRequest) -> HttpResponse:
    """All kinds, and what each of them is; turn one on, off, or prefer it, unless nobody could sign in then (T108)."""
    change = CHANGES.get(request.POST.get("change", ""))
    kind = next((each for each in KINDS if each.factor == request.POST.get("factor")), None)
    if request.method != "POST" or change is None or kind is None:
        return _list(request)
    enabled, preferred = change
    token = kept.require(request).access_token
    try:
        if enabled and factors.factors_of(token).second_would_lock_out:
            return _list(request, NEEDS_PASSWORD)
        factors.prefer(token, kind.factor, enabled=enabled, preferred=preferred)
    except CognitoError as error:
        return pages.refused(request, error, lambda problem: _list(request, problem))
    return pages.done(request, "mfa", "factors-changed")


def _list(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    token = kept.require(request).access_token
    try:
        rows = _rows(factors.factors_of(token), account.get_user(token))
    except CognitoError as error:
        return pages.refused(request, error, lambda found: _page(request, [], problem or found))
    return _page(request, rows, problem)


def _page(request: HttpRequest, rows: list[Row], problem: Problem | None) -> HttpResponse:
    return pages.show(request, "flows/account/mfa.html", {"rows": rows}, section="mfa", problem=problem)


def _rows(known: Factors, attributes: Mapping[str, str]) -> list[Row]:
    return [
        Row(
            kind=kind,
            destination=attributes.get(kind.attribute, ""),
            possible=bool(attributes.get(kind.attribute)) if kind.attribute else kind.factor in known.configured,
            enabled=kind.factor in known.enabled,
            preferred=kind.factor == known.preferred,
        )
        for kind in KINDS
    ]
