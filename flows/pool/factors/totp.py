"""Time-based one-time passwords (RFC 6238) as Cognito's authenticator apps use them: HMAC-SHA1, six digits, 30 seconds.

Arithmetic only; what a user's app has been used for is kept by ``flows.pool.factors.software_tokens``.
"""

import base64
import hmac
import re
from datetime import datetime

from flows.pool.tools import Tools

SEED_BYTES = 20  # as long as HMAC-SHA1's output (RFC 4226 section 4)
PERIOD = 30  # seconds
DIGITS = 6
WINDOW = 1  # steps before and after the present one ("within 30 seconds before or after", developer guide)
_CODE = re.compile(rf"[0-9]{{{DIGITS}}}")  # ASCII: str.isdigit takes every script's digits (T048)


def make_seed(*, tools: Tools) -> bytes:
    return tools.token_bytes(SEED_BYTES)


def to_secret_code(seed: bytes) -> str:
    """SecretCode: 32 characters of base32, which need no padding."""
    return base64.b32encode(seed).decode()


def from_secret_code(text: str) -> bytes:
    """The seed that ``to_secret_code`` wrote."""
    return base64.b32decode(text)


def step_at(moment: datetime) -> int:
    """The number of the 30-second step that ``moment`` lies in, counted from 1970."""
    return int(moment.timestamp()) // PERIOD


def code(seed: bytes, step: int, *, digits: int = DIGITS) -> str:
    """The code of one step: the dynamic truncation of RFC 4226 section 5.3."""
    digest = hmac.digest(seed, step.to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**digits).zfill(digits)


def matching_step(seed: bytes, given: str, *, at: datetime) -> int | None:
    """The newest step around ``at`` whose code this is; None for a wrong code and for what is no code.

    Every step is compared, in constant time.
    """
    if not _CODE.fullmatch(given):
        return None
    present = step_at(at)
    steps = range(present - WINDOW, present + WINDOW + 1)
    matches = [step for step in steps if hmac.compare_digest(code(seed, step).encode(), given.encode())]
    return max(matches, default=None)
