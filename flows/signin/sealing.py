"""Small things under AES-256-GCM: sessions, and what a browser keeps for us without being able to read it.

Keys come from SECRET_KEY, and from SECRET_KEY_FALLBACKS for reading only. A purpose goes into key and seal, so that
nothing sealed for one place opens in another.
"""

import json
import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.crypto import salted_hmac

_NONCE = 12


def seal(purpose: str, value: Any) -> bytes:
    """``value``, which must be JSON, readable for nobody without the key."""
    nonce = os.urandom(_NONCE)
    plaintext = json.dumps(value, separators=(",", ":")).encode()
    return nonce + _cipher(purpose, settings.SECRET_KEY).encrypt(nonce, plaintext, purpose.encode())


def unseal(purpose: str, data: bytes) -> Any:
    """What was sealed for ``purpose``. Raises ``ValueError`` when no key opens it."""
    nonce, sealed = data[:_NONCE].ljust(_NONCE), data[_NONCE:]
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return json.loads(_cipher(purpose, secret).decrypt(nonce, sealed, purpose.encode()))
        except InvalidTag:
            continue
    raise ValueError("This was sealed under another key, or for another purpose.")


@lru_cache(maxsize=32)
def _cipher(purpose: str, secret: str) -> AESGCM:
    return AESGCM(salted_hmac(purpose, "seal", secret=secret, algorithm="sha256").digest())
