"""Which users of the demo this browser may know of (settings.DEMO_CONFIG). Their passwords are the sign-in page's."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from flows import demo


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """``users``: name -> what to expect of them. ``with_passkey``: the names that have one."""

    users: Mapping[str, str]
    with_passkey: frozenset[str]


def seen_by(request: HttpRequest) -> Demo | None:
    """``None`` where there is no demo, or not for this browser."""
    config = demo.config(request)
    if config is None:
        return None
    return Demo(
        users={user["username"]: user["about"] for user in config["users"]},
        with_passkey=frozenset(config["usersWithPasskey"]),
    )
