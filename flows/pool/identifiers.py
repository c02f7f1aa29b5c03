"""Ids and secrets in the shape that live ones have."""

import base64
import string

from flows.pool.tools import Tools

_LOWER = string.ascii_lowercase + string.digits
ACCOUNT_ID = "000000000000"  # stands in ARNs; emulators agree on it


def pool_id(region: str, *, tools: Tools) -> str:
    """``<region>_`` and nine letters or digits."""
    return f"{region}_{_text(string.ascii_letters + string.digits, 9, tools)}"


def client_id(*, tools: Tools) -> str:
    """26 lower-case letters or digits."""
    return _text(_LOWER, 26, tools)


def client_secret(*, tools: Tools) -> str:
    """51 lower-case letters or digits, 263 bits."""
    return _text(_LOWER, 51, tools)


def opaque(length: int, *, tools: Tools) -> str:
    """``length`` characters of base64url behind a letter: a Session, or a refresh token.

    The AWS command line takes a value that begins with "-" for an option, and live ones begin with a letter too.
    """
    return "A" + base64.urlsafe_b64encode(tools.token_bytes(length)).decode()[: length - 1]


def digits(length: int, *, tools: Tools) -> str:
    """A code of ``length`` ASCII digits, zeros in front kept, each equally likely (T047)."""
    return _text(string.digits, length, tools)


def pool_arn(pool_id: str) -> str:
    return f"arn:aws:cognito-idp:{pool_id.partition('_')[0]}:{ACCOUNT_ID}:userpool/{pool_id}"


def device_arn(pool_id: str, owner: str, device_key: str) -> str:
    return f"arn:aws:cognito-idp:{pool_id.partition('_')[0]}:{ACCOUNT_ID}:owner/{owner}/device/{device_key}"


def pool_id_of(arn: str) -> str | None:
    """The id of the pool whose ARN this would be; None for another form."""
    pool_id = arn.rpartition("/")[2]
    return pool_id if arn == pool_arn(pool_id) else None


def _text(alphabet: str, length: int, tools: Tools) -> str:
    """``length`` characters, each equally likely: a byte that would favour some is thrown away."""
    usable = 256 - 256 % len(alphabet)
    found = ""
    while len(found) < length:
        found += "".join(alphabet[byte % len(alphabet)] for byte in tools.token_bytes(length) if byte < usable)
    return found[:length]
