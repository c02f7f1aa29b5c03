"""/account/: who you are, and what the tokens say about you; new ones. The tokens themselves stay on the server."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from flows.account import pages, suggestions
from flows.account.claims import Claim, explained
from flows.cognito.tokens import claims_of
from flows.signin import errors, kept, renewal
from flows.signin.guard import signed_in_only
from flows.signin.kept import Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One token as the page shows it."""

    title: str
    about: str
    claims: list[Claim]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing about this session; ``at`` is set when it is a time."""

    label: str
    value: str = ""
    at: datetime | None = None


@require_safe
@signed_in_only
def overview(request: HttpRequest) -> HttpResponse:
    """Who is signed in, how, and until when."""
    tokens = kept.require(request)
    identity = claims_of(tokens.id_token)
    email = str(identity.get("email", ""))
    context = {
        "person": {
            "name": identity.get("name") or identity.get("cognito:username") or email,
            "email": email,
            "sub": identity["sub"],
        },
        "groups": identity.get("cognito:groups", []),
        "tokens": _tokens(tokens),
        "facts": _facts(tokens),
        "suggest_passkey": suggestions.passkey(request),
    }
    return pages.show(request, "flows/account/overview.html", context, section="account")


@require_POST
@signed_in_only
def renew(request: HttpRequest) -> HttpResponse:
    """New tokens now, as Amplify's ``fetchAuthSession({ forceRefresh: true })``; and say whether there are any."""
    before = kept.require(request).access_token
    standing = renewal.at_once(request)
    if standing is renewal.Standing.ENDED:
        return errors.session_ended(request)
    renewed = kept.require(request).access_token != before
    return pages.done(request, "account", "tokens-renewed" if renewed else "tokens-kept")


def _tokens(tokens: Kept) -> list[Token]:
    return [
        Token(
            title="ID token",
            about="Tells this site who you are.",
            claims=explained(claims_of(tokens.id_token)),
        ),
        Token(
            title="Access token",
            about="Lets this site act for you at the user pool.",
            claims=explained(claims_of(tokens.access_token)),
        ),
    ]


def _facts(tokens: Kept) -> list[Fact]:
    return [
        Fact(label="Signed in by", value=tokens.flow),
        Fact(label="Signed in as", value=tokens.username),
        Fact(label="Signed in at", at=_utc(tokens.signed_in_at)),
        Fact(label="Tokens are renewed from", at=_utc(tokens.refresh_due_at)),
        Fact(label="Tokens count until", at=_utc(tokens.expires_at)),
    ]


def _utc(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
