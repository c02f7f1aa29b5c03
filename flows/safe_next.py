"""``next``: where to go after signing in. Only ever a path on this site (T110-T112, RFC 9700 section 4.11)."""

import re

from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme

MOST = 2000  # longer ones meet limits of headers on the way
# A path and query of ordinary characters: no control character, no space, no backslash (which browsers read as a
# slash). It must begin with a slash, which Django's check does not ask for (T112); that check refuses the second one.
_PATH = re.compile(r"/[^\x00-\x20\x7f\\]*")


def safe_next(value: str) -> str:
    """``value`` if it is a path of this site, else ``""``. The result is ASCII and fit for a header."""
    if len(value) > MOST or not _PATH.fullmatch(value):
        return ""
    if not url_has_allowed_host_and_scheme(value, allowed_hosts=None):
        return ""
    quoted = iri_to_uri(value)
    return quoted if len(quoted) <= MOST else ""
