"""The signed token of a magic link: ``base64url(payload).base64url(mac)``.

``payload`` is JSON: ``attempt`` (which sign-in it belongs to), ``code`` (what one types when the link was opened on
another device) and ``exp`` (seconds since 1970). HMAC-SHA256 under LINK_SECRET. What the trigger keeps of a code is a
digest: neither the private parameters nor the metadata of the round tell it.
"""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from typing import Self

_TOKEN, _CODE = b"flows.triggers link token\0", b"flows.triggers link code\0"  # one key, two uses


@dataclass(frozen=True, slots=True)
class Opened:
    """What a genuine token says."""

    attempt: str
    code: str
    exp: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What later rounds of the attempt have to know; as text, ``<attempt>.<exp>.<digest>``."""

    attempt: str
    exp: int
    digest: str

    def __str__(self) -> str:
        return f"{self.attempt}.{self.exp}.{self.digest}"

    @classmethod
    def read(cls, text: str) -> Self:
        attempt, exp, digest = text.split(".")
        return cls(attempt, int(exp), digest)


def seal(opened: Opened, key: bytes) -> str:
    """The token."""
    payload = _text(json.dumps({"attempt": opened.attempt, "code": opened.code, "exp": opened.exp}).encode())
    return f"{payload}.{_text(_mac(key, _TOKEN + payload.encode()))}"


def unseal(token: str, key: bytes) -> Opened | None:
    """None for what this key has not sealed. Says nothing of its age."""
    payload, _, mac = token.partition(".")
    try:
        given = _bytes(mac)
        if not hmac.compare_digest(given, _mac(key, _TOKEN + payload.encode())):
            return None
        content = json.loads(_bytes(payload))
    except (ValueError, binascii.Error):
        return None
    return Opened(content["attempt"], content["code"], content["exp"])


def digest(opened: Opened, key: bytes) -> str:
    """Of the code, in this attempt and with this end: by which a code that is typed is known again."""
    return _text(_mac(key, _CODE + f"{opened.attempt}.{opened.exp}.{opened.code}".encode()))


def digest_of_no_code() -> str:
    """Where nobody was sent one: as long as a digest, and no code's."""
    return _text(secrets.token_bytes(hashlib.sha256().digest_size))


def _mac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, hashlib.sha256)


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text.encode() + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
