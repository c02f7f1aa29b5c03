"""The directory that users come from: what ``manage.py dumpdata auth.user`` writes of a Django site.

A list of ``{"fields": {"username", "password", "email", "first_name", "last_name", "is_active"}}``; other members are
ignored. Environment: ``LEGACY_USERS_FILE``, its path; ``LEGACY_EMAILS_VERIFIED=on`` when that site had people prove
their addresses.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from flows.triggers import environment


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacyUser:
    """``password`` is the hash; ``attributes`` are named as user pools name them."""

    username: str
    password: str = field(repr=False)
    attributes: Mapping[str, str]


def find(name: str) -> LegacyUser | None:
    """By user name, or by an e-mail address that is one person's only. Whoever was locked out there is not found."""
    path = Path(environment.text("LEGACY_USERS_FILE"))
    users = _users(path, path.stat().st_mtime_ns)
    found = [each for each in users if each["username"] == name] or [
        each for each in users if each.get("email") and each["email"].casefold() == name.casefold()
    ]
    if len(found) != 1 or not found[0].get("is_active", True):
        return None
    return _user(found[0])


def _user(fields: Mapping[str, Any]) -> LegacyUser:
    attributes = {
        "email": fields.get("email", ""),
        "given_name": fields.get("first_name", ""),
        "family_name": fields.get("last_name", ""),
    }
    if attributes["email"]:
        attributes["email_verified"] = "true" if environment.switch("LEGACY_EMAILS_VERIFIED") else "false"
    return LegacyUser(
        username=fields["username"],
        password=fields["password"],
        attributes={name: value for name, value in attributes.items() if value},
    )


@lru_cache(maxsize=1)
def _users(path: Path, _changed: int) -> tuple[Mapping[str, Any], ...]:
    """Read once for as long as the function stays warm and the file stays as it is."""
    return tuple(record["fields"] for record in json.loads(path.read_text(encoding="utf-8")))
