"""Users who do not exist, made to look as if they did (PreventUserExistenceErrors = ENABLED).

RFC 5054 section 2.5.1.3: a stable salt and, as Cognito does, a stable UUID for the same name and pool, derived under
a key outside the database, and the same amount of work as for a real user.
"""

import string
import uuid
from collections.abc import Sequence

from flows.pool import sealing
from flows.pool.directory import usernames
from flows.pool.directory.addresses import Address
from flows.pool.directory.attribute_values import is_email, is_phone_number
from flows.pool.models import UserPool
from flows.pool.proofs import srp
from flows.terms import FirstFactor

# Length of a credential id, and transports as our registration keeps them.
_PASSKEY_KINDS = (
    (16, ["hybrid", "internal"]),  # Google Password Manager, 1Password
    (20, ["hybrid", "internal"]),  # Apple Passwords
    (32, ["internal"]),  # Windows Hello
    (48, ["nfc", "usb"]),  # a YubiKey
)


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


def address(pool: UserPool, name: str, attribute: str) -> Address:
    """Where a code for such a user would go: to what was typed, when that is an address of this kind, else to one made
    up, always the same. Nothing is ever sent there."""
    if (is_email if attribute == "email" else is_phone_number)(name):
        return Address(attribute=attribute, value=name)
    seed = _seed(pool, name, f"address {attribute}")
    if attribute == "phone_number":
        return Address(attribute=attribute, value=f"+1{int.from_bytes(seed[:8], 'big') % 10**10:010}")
    begins = name[:1].lower() if name[:1].isascii() and name[:1].isalpha() else _letter(seed[0])
    return Address(attribute=attribute, value=f"{begins}@{_letter(seed[1])}")


def reachable_at(pool: UserPool, name: str, attributes: Sequence[str]) -> Address:
    """Where such a user would be sent a code, of the ``attributes`` that the pool sends codes to: the one that was
    typed, else the first that the pool verifies by itself."""
    typed = [each for each in attributes if (is_email if each == "email" else is_phone_number)(name)]
    verified = [each for each in attributes if each in pool.setting("AutoVerifiedAttributes", default=[])]
    return address(pool, name, (typed or verified or list(attributes))[0])


def has_factor(pool: UserPool, name: str, factor: FirstFactor) -> bool:
    """Could such a user sign in by this? Everybody has a password and an e-mail address, every second one a telephone,
    every second one a passkey."""
    if factor == FirstFactor.WEB_AUTHN and not pool.setting("WebAuthnConfiguration", "RelyingPartyId"):
        return False  # nor has anybody else
    if factor in (FirstFactor.SMS_OTP, FirstFactor.WEB_AUTHN):
        return _seed(pool, name, f"has {factor}")[0] % 2 == 0
    return True


def passkeys(pool: UserPool, name: str) -> list[tuple[bytes, list[str]]]:
    """Credential ids and transports of the passkeys that such a user would have registered: one or two, each of a
    well-known provider's kind."""
    found = []
    for number in range(1 + _seed(pool, name, "passkeys")[0] % 2):
        seed = _seed(pool, name, f"passkey {number}")
        length, transports = _PASSKEY_KINDS[seed[0] % len(_PASSKEY_KINDS)]
        found.append(((_seed(pool, name, f"credential {number}") + seed)[:length], transports))
    return found


def _letter(byte: int) -> str:
    return string.ascii_lowercase[byte % 26]
