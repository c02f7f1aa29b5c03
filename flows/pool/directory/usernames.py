"""What a user may be called, which depends on what the pool signs in by (section 9.1 of the protocol notes)."""

import hashlib
import unicodedata
from collections.abc import Mapping

from flows.pool.directory.attribute_values import is_email, is_phone_number
from flows.pool.errors import invalid_parameter
from flows.pool.models import UserPool

_LONGEST_KEY = 512  # characters, of four bytes at most
_FORMS = {"email": is_email, "phone_number": is_phone_number}
_NOT_ALLOWED = {
    frozenset({"email"}): "Username should be an email.",
    frozenset({"phone_number"}): "Username should be a phone number.",
    frozenset({"email", "phone_number"}): "Username should be either an email or a phone number.",
}


def key(pool: UserPool, name: str) -> str:
    """What names are compared by: NFKC and case-folded, so that look-alike spellings are one user and one lock.

    A pool with CaseSensitive usernames compares them as written. A long one is compared by its hash: NFKC can make
    eighteen characters of one, and an index of PostgreSQL holds no more than 2,704 bytes.
    """
    if not pool.setting("UsernameConfiguration", "CaseSensitive", default=False):
        name = unicodedata.normalize("NFKC", name).casefold()
    return name if len(name) <= _LONGEST_KEY else f"sha256:{hashlib.sha256(name.encode()).hexdigest()}"


def attributes_with_name(pool: UserPool, username: str, attributes: Mapping[str, str]) -> dict[str, str]:
    """``attributes`` with the e-mail or phone number that serves as the username; refuses a name of the wrong form."""
    serving = frozenset(pool.setting("UsernameAttributes", default=[]))
    if serving:
        for attribute in sorted(serving):
            if _FORMS[attribute](username):
                return {**attributes, attribute: username}
        raise invalid_parameter(_NOT_ALLOWED[serving])
    aliases = pool.setting("AliasAttributes", default=[])
    if "email" in aliases and is_email(username):
        raise invalid_parameter("Username cannot be of email format, since user pool is configured for email alias.")
    if "phone_number" in aliases and is_phone_number(username):
        raise invalid_parameter(
            "Username cannot be of phone number format, since user pool is configured for phone number alias."
        )
    return dict(attributes)
