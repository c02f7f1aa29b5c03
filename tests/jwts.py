"""Cognito's tokens in a text."""

import re

# base64url of a header, '{"...', and what is behind its dot. The three letters alone stand by chance in one of some
# thousand pages too: in a CSRF token, a nonce, a Session.
_TOKEN = re.compile(r"eyJ[\w-]{8,}\.[\w.-]+")


def found(text: str) -> list[str]:
    """Every ID, access and refresh token in ``text`` (RFC 7515 and 7516, compact form)."""
    return _TOKEN.findall(text)
