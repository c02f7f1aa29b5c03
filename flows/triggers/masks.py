"""Addresses as Cognito masks them: ``anna@example.com`` is ``a***@e***``."""

import hashlib
import hmac


def masked(name: str, key: bytes) -> str:
    """A name that is no address gets a domain's letter that is always the same for it."""
    local, _, domain = name.rpartition("@")
    if not (local and domain):
        letters = "abcdefghijklmnopqrstuvwxyz"
        local, domain = name or "a", letters[hmac.digest(key, name.encode(), hashlib.sha256)[0] % len(letters)]
    return f"{local[0].lower()}***@{domain[0].lower()}***"
