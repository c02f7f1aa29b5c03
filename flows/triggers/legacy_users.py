"""The directory that users come from: what ``manage.py dumpdata auth.user`` writes of a Django site.

A list of ``{"fields": {"username", "password", "email", "first_name", "last_name", "is_active"}}``; other members are
ignored. Environment: ``LEGACY_USERS_FILE``, its path; ``LEGACY_EMAILS_VERIFIED=on`` when that site had people prove
their addresses, by which they are then found too. (One that is not verified is no alias in the pool: whoever signed in
by it for the first time could not for the second.)
"""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from flows.triggers import environment

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacyUser:
    """``password`` is the hash; ``attributes`` are named as user pools name them."""

    username: str
    password: str = field(repr=False)
    attributes: Mapping[str, str]


def find(name: str) -> LegacyUser | None:
    """By user name, or by a proven e-mail address that is one person's only. Whoever was locked out there is not found,
    and nobody is while the file cannot be read, which is a line in the log."""
    path, by_email = Path(environment.text("LEGACY_USERS_FILE")), environment.switch("LEGACY_EMAILS_VERIFIED")
    try:
        found = _found(_users(path, path.stat().st_mtime_ns), name, by_email=by_email)
        if len(found) != 1 or not found[0].get("is_active", True):
            return None
        return _user(found[0], proven=by_email)
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        logger.error("The older directory cannot be read: %s", type(error).__name__)
        return None


def _found(users: Sequence[Mapping[str, Any]], name: str, *, by_email: bool) -> list[Mapping[str, Any]]:
    found = [each for each in users if each["username"] == name]
    if found or not by_email:
        return found
    return [each for each in users if each.get("email") and each["email"].casefold() == name.casefold()]


def _user(fields: Mapping[str, Any], *, proven: bool) -> LegacyUser:
    attributes = {
        "email": fields.get("email", ""),
        "given_name": fields.get("first_name", ""),
        "family_name": fields.get("last_name", ""),
    }
    if attributes["email"]:
        attributes["email_verified"] = "true" if proven else "false"
    return LegacyUser(
        username=fields["username"],
        password=fields["password"],
        attributes={name: value for name, value in attributes.items() if value},
    )


@lru_cache(maxsize=1)
def _users(path: Path, _changed: int) -> tuple[Mapping[str, Any], ...]:
    """Read once for as long as the function stays warm and the file stays as it is."""
    return tuple(record["fields"] for record in json.loads(path.read_text(encoding="utf-8")))
