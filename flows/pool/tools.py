"""What the pool takes from the outside: time, randomness, delivery. Handed in, never reached for."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

RSA_BITS = 2048  # what Cognito signs with (docs/adr/0004)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message to a user. ``purpose`` is the trigger source's second half, such as ``AdminCreateUser``; a notice,
    which Cognito does not send, has a name of ours."""

    medium: Literal["email", "sms"]
    destination: str
    username: str
    purpose: str
    text: str = field(repr=False)
    code: str = field(default="", repr=False)  # what the text brings; empty in a notice
    subject: str = ""  # of an e-mail


def _now() -> datetime:
    return datetime.now(UTC)


def _rsa_key() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=RSA_BITS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """Given to every operation. Tests hand in a clock of their own."""

    endpoint: str  # the URL that clients post to; the issuer is this + "/" + pool id
    deliver: Callable[[str, Message], None]  # (pool id, message)
    now: Callable[[], datetime] = _now
    token_bytes: Callable[[int], bytes] = secrets.token_bytes
    rsa_key: Callable[[], RSAPrivateKey] = _rsa_key
