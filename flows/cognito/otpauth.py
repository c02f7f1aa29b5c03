"""What an authenticator app is told: the secret of a software token, as text, as an address and as a picture.

The address is Google Authenticator's "Key Uri Format", which every app reads; algorithm, digits and period are its
defaults and Cognito's (SHA-1, 6, 30 s), so they are left out, as Amplify leaves them out.
"""

import io
from urllib.parse import quote, urlencode

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

_GROUP = 4


def groups(secret: str) -> list[str]:
    """``secret`` in pieces of four."""
    return [secret[start : start + _GROUP] for start in range(0, len(secret), _GROUP)]


def uri(secret: str, *, username: str) -> str:
    """``otpauth://totp/<site>:<username>?secret=…&issuer=<site>``."""
    issuer = settings.SITE_NAME
    query = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(f'{issuer}:{username}', safe='')}?{query}"


def qr(text: str) -> SafeString:
    """A QR code as inline SVG: dark on white in every colour scheme, or cameras will not see it."""
    code, svg = segno.make(text, error="m", micro=False), io.BytesIO()
    code.save(svg, kind="svg", xmldecl=False, svgns=False, omitsize=True, dark="#000", light="#fff", nl=False)
    return mark_safe(svg.getvalue().decode())  # noqa: S308 - numbers and colours only, no text of anybody's
