"""Users who do not exist, made to look as if they did (PreventUserExistenceErrors = ENABLED).

RFC 5054 section 2.5.1.3: a stable salt and, as Cognito does, a stable UUID for the same name and pool, derived under
a key outside the database, and the same amount of work as for a real user.
"""

import uuid

from flows.pool import sealing, srp, usernames
from flows.pool.models import UserPool
from flows.terms import FirstFactor


def _seed(pool: UserPool, name: str, what: str) -> bytes:
    return sealing.keyed_hash("phantom user", f"{what}\n{pool.pk}\n{usernames.key(pool, name)}".encode())


def username(pool: UserPool, name: str) -> str:
    """What the username of such a user would be: a UUID where pools make usernames up or where an address was typed,
    else the name itself. Live pools are said to answer a UUID always, which tells who exists (docs/adr/0007)."""
    if pool.setting("UsernameAttributes", default=[]) or "@" in name or name.startswith("+"):
        return str(uuid.UUID(bytes=_seed(pool, name, "username")[:16], version=4))
    return usernames.key(pool, name)


def salt(pool: UserPool, name: str) -> bytes:
    return _seed(pool, name, "salt")[: srp.SALT_BYTES]


def verifier(pool: UserPool, name: str) -> int:
    """A number that no password belongs to, as wide as the group."""
    wide = b"".join(_seed(pool, name, f"verifier {block}") for block in range(13))  # 416 bytes, so mod N has no bias
    return int.from_bytes(wide, "big") % srp.N


def has_factor(pool: UserPool, name: str, factor: FirstFactor) -> bool:
    """Could such a user sign in by this? Everybody has a password and an e-mail address, every second one a telephone,
    every second one a passkey."""
    if factor in (FirstFactor.SMS_OTP, FirstFactor.WEB_AUTHN):
        return _seed(pool, name, f"has {factor}")[0] % 2 == 0
    return True
