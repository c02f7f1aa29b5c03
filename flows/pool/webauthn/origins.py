"""Which pages may use a pool's passkeys: the origin that a browser reports against the relying party's id.

A browser writes an origin in one way only (RFC 6454, section 6.1: lower case, no default port, no path), so it is
matched as text, and whatever is spelt otherwise was not written by a browser.
"""

import re
from urllib.parse import urlsplit

from django.conf import settings

_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_HOST = rf"{_LABEL}(\.{_LABEL})*"
_RELYING_PARTY_ID = re.compile(_HOST, re.ASCII)
_ORIGIN = re.compile(rf"(?P<scheme>https?)://(?P<host>{_HOST})(?P<port>:[1-9][0-9]{{0,4}})?", re.ASCII)
_LOCAL = "localhost"


def is_relying_party_id(text: str) -> bool:
    """Is this a domain name as a browser compares them: lower case, no scheme, port or trailing dot?"""
    return _RELYING_PARTY_ID.fullmatch(text) is not None


def allowed(origin: str, *, relying_party_id: str) -> bool:
    """May a page at ``origin`` register passkeys and sign in with them?

    Its host is the relying party's id or a subdomain of it, as Cognito has it (section 3.4 of the protocol notes). It
    is served by https and on its usual port, for another port of the same host is another site, perhaps another
    person's; SITE_URL may name a port, being ours. ``localhost`` may have any port, and plain http, which browsers
    trust there and nowhere else.
    """
    parts = _ORIGIN.fullmatch(origin)
    if parts is None or not _is_within(parts["host"], relying_party_id):
        return False
    if _is_within(parts["host"], _LOCAL):
        return True
    return parts["scheme"] == "https" and (parts["port"] is None or origin == _own_origin())


def _is_within(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def _own_origin() -> str:
    parts = urlsplit(settings.SITE_URL)
    return f"{parts.scheme}://{parts.netloc}"
