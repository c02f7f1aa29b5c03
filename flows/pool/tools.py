"""What the pool takes from the outside: time, randomness, delivery. Handed in, never reached for."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message to a user. ``purpose`` is the trigger source's second half, such as ``AdminCreateUser``."""

    medium: Literal["email", "sms"]
    destination: str
    username: str
    purpose: str
    text: str
    code: str = field(repr=False)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """Given to every operation. Tests hand in a clock of their own."""

    endpoint: str  # the URL that clients post to; the issuer is this + "/" + pool id
    deliver: Callable[[str, Message], None]  # (pool id, message)
    now: Callable[[], datetime] = _now
    token_bytes: Callable[[int], bytes] = secrets.token_bytes
