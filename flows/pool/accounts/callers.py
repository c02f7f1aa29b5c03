"""Whoever calls one of the operations that need no more than an app client and a username.

PreventUserExistenceErrors = ENABLED: nobody, and somebody switched off, are led on as a user would be (section 10.5 of
the protocol notes). Every operation here is counted for the name before anything else is looked at.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flows.pool import clients, limits
from flows.pool.directory import users
from flows.pool.errors.accounts import no_such_username
from flows.pool.errors.sign_in import user_disabled
from flows.pool.models import AppClient, PoolUser, UserPool
from flows.pool.tools import Tools

Directory = Callable[[AppClient, str], PoolUser | None]


def nowhere(client: AppClient, name: str) -> None:
    """Most operations know only the pool's own users."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """``user`` is None for a name that nobody has or that is switched off; only clients that hide it get so far."""

    client: AppClient
    user: PoolUser | None
    typed_name: str

    @property
    def pool(self) -> UserPool:
        return self.client.pool

    @property
    def is_told(self) -> bool:
        """PreventUserExistenceErrors = LEGACY."""
        return not clients.hides_user_existence(self.client)


def identify(request: Mapping[str, Any], operation: str, *, tools: Tools, elsewhere: Directory = nowhere) -> Caller:
    """The caller of ``operation``; ``elsewhere`` is asked for a name that nobody has.

    Raises ResourceNotFoundException, NotAuthorizedException for a wrong SecretHash, LimitExceededException, and for
    clients that tell UserNotFoundException or "User is disabled.".
    """
    client = clients.find(request["ClientId"])
    name = request["Username"]
    clients.verify_secret_hash(client, [name], request.get("SecretHash"))
    user = users.find(client.pool, name)
    limits.count_for_name(client.pool, user, name, operation, tools=tools)
    user = user or elsewhere(client, name)
    caller = Caller(client=client, user=user if user and user.enabled else None, typed_name=name)
    if caller.user is None and caller.is_told:
        raise user_disabled() if user else no_such_username()
    return caller
