"""Sealing what the database may hold but not reveal: AES-256-GCM under keys that are kept outside it.

``settings.POOL_SEALING_KEYS`` are base64url keys of 32 bytes. The first seals, every one unseals, so a new key is put
in front to rotate. Each purpose gets a key of its own by HKDF; ``bound_to`` is authenticated, so that a sealed value
cannot be moved to another row.
"""

import base64
import binascii
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_NONCE = 12
_KEY_ID = 4


class Broken(Exception):
    """The value was not sealed by us, for this purpose, bound to this."""


def seal(purpose: str, plaintext: bytes, *, bound_to: str) -> bytes:
    """Key id (4 bytes), nonce (12 bytes), ciphertext and tag."""
    key_id, key = _keys(purpose)[0]
    nonce = os.urandom(_NONCE)  # 96 random bits: safe for 2^32 values a key, far beyond any pool on a laptop
    return key_id + nonce + AESGCM(key).encrypt(nonce, plaintext, bound_to.encode())


def unseal(purpose: str, sealed: bytes | memoryview, *, bound_to: str) -> bytes:
    """The plaintext. Raises ``Broken`` for anything altered, moved or sealed under an unknown key.

    PostgreSQL hands ``sealed`` over as a memoryview.
    """
    sealed = bytes(sealed)
    for key_id, key in _keys(purpose):
        if hmac.compare_digest(key_id, sealed[:_KEY_ID]):
            nonce, ciphertext = sealed[_KEY_ID : _KEY_ID + _NONCE], sealed[_KEY_ID + _NONCE :]
            try:
                return AESGCM(key).decrypt(nonce, ciphertext, bound_to.encode())
            except (InvalidTag, ValueError) as error:
                raise Broken from error
    raise Broken


def keyed_hash(purpose: str, data: bytes) -> bytes:
    """32 bytes by which a random token is found again, useless without the key.

    Always under the *last* key, the oldest one: a rotation must not lose every token.
    """
    return hmac.digest(_keys(purpose)[-1][1], data, "sha256")


def _keys(purpose: str) -> list[tuple[bytes, bytes]]:
    return [_derive(text, purpose) for text in settings.POOL_SEALING_KEYS]


@lru_cache(maxsize=64)
def _derive(text: str, purpose: str) -> tuple[bytes, bytes]:
    try:
        master = base64.urlsafe_b64decode(text)
    except (ValueError, binascii.Error) as error:
        raise ImproperlyConfigured("POOL_SEALING_KEYS must be base64url text.") from error
    if len(master) != 32:
        raise ImproperlyConfigured("Each of POOL_SEALING_KEYS must be 32 bytes, base64url encoded.")
    key = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose.encode()).derive(master)
    return hashlib.sha256(b"key id" + key).digest()[:_KEY_ID], key
