"""How a card can be tried: in this browser, on this site."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from flows.addresses import reverse_if_there
from flows.gallery.cards import Card, Trying
from flows.gallery.demo import Demo
from flows.gallery.stage import Look

_PASSKEY_BY = "USER_SRP_AUTH"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """``entry`` and ``url`` are where the sign-in page begins.

    ``username`` is the demo user whom a button signs in, ``about`` what to expect of them. ``link`` is there for a site
    whose users are real. ``missing`` is what SIGN_IN_FLOWS lacks, ``absent`` a user whom this demo does not have.
    ``passkey_first``: the sign-in leads to making a passkey, and only the next one uses it. ``look`` says how the pool
    stands to what the card needs first.
    """

    entry: str
    url: str
    username: str = ""
    about: str = ""
    link: str = ""
    missing: str = ""
    absent: str = ""
    passkey_first: bool = False
    look: Look | None = None

    @property
    def is_ready(self) -> bool:
        """Would a sign-in meet what the card is about? As far as can be told."""
        return self.look is None or (self.look.pool_ready and self.look.user_ready)


def way(card: Card, demo: Demo | None, *, passkey_first: bool = False, look: Look | None = None) -> Way:
    """With ``passkey_first`` the person asks for that; otherwise it is so for whoever has no passkey."""
    trying = card.trying
    first = trying.passkey and demo is not None and (passkey_first or trying.username not in demo.with_passkey)
    entry = _PASSKEY_BY if first else str(trying.entry)
    url = _sign_in_url(trying, entry=entry, passkey_first=first)
    missing = next((name for name in (trying.entry, entry) if name not in settings.SIGN_IN_FLOWS), "")
    if missing:
        return Way(entry=entry, url=url, missing=missing)
    if demo is None:
        return Way(entry=entry, url=url, link=url if card.facts else "")
    if trying.username not in demo.users:
        return Way(entry=entry, url=url, absent=trying.username)
    about = trying.about or demo.users[trying.username]
    return Way(entry=entry, url=url, username=trying.username, about=about, passkey_first=first, look=look)


def _sign_in_url(trying: Trying, *, entry: str, passkey_first: bool) -> str:
    query = {"flow": entry, "new": "1"}
    if trying.preferred and not passkey_first:
        query["preferred"] = str(trying.preferred)
    query["next"] = reverse_if_there("passkey-add") if passkey_first else trying.next
    return f"{reverse('sign-in')}?{urlencode(query, safe='/')}"
