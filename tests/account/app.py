"""An authenticator app, written apart from ours (RFC 6238 with Cognito's SHA-1, 6 digits and 30 seconds)."""

import base64
import hashlib
import hmac
import struct
import time


def code_at(secret: str, *, seconds: float | None = None) -> str:
    """What the app shows at a Unix time, by default now."""
    counter = struct.pack(">Q", int(time.time() if seconds is None else seconds) // 30)
    digest = hmac.new(base64.b32decode(secret + "=" * (-len(secret) % 8)), counter, hashlib.sha1).digest()
    (number,) = struct.unpack_from(">I", digest, digest[-1] & 15)
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06d}"
