"""What may become of a user's attributes: the pool's schema, the client's permissions, the verified flags.

A removal is a write of the empty text, as in the API itself. The ``for_`` functions return the attributes as they are
afterwards, or raise Cognito's refusal; storing them is ``users.change_attributes``.
"""

from collections.abc import Collection, Mapping

from flows.pool.directory import attribute_values, schema
from flows.pool.directory.aliases import VERIFIED_FLAG
from flows.pool.errors.accounts import nothing_to_verify
from flows.pool.errors.users import (
    attribute_not_declared,
    attribute_not_mutable,
    attribute_not_writable,
    attribute_required,
)
from flows.pool.models import AppClient, UserPool

# Kept by the pool itself: no client may write them, whatever its WriteAttributes say.
_POOL_OWNED = frozenset({"sub", "email_verified", "phone_number_verified", "identities"})
# What a client may write when WriteAttributes is not set: every standard attribute, no custom one (developer guide).
STANDARD = frozenset(schema.STANDARD) - _POOL_OWNED


def missing_required(pool: UserPool, have: Mapping[str, str]) -> list[str]:
    """The names that the pool's schema marks as required, but for ``sub``, which every user has."""
    needed = (name for name, entry in schema.of(pool).items() if entry["Required"] and name != "sub")
    return [name for name in needed if not have.get(name)]


def for_client_write(client: AppClient, have: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """A write with a client's permissions by a user who has not finished the first sign-in."""
    known = schema.of(client.pool)
    writable = set(client.setting("WriteAttributes", default=sorted(STANDARD))) - _POOL_OWNED
    for name in given:
        if name not in known:
            raise attribute_not_declared(name)
        if name not in writable or known[name]["DeveloperOnlyAttribute"]:
            raise attribute_not_writable()
    _require_mutable(client.pool, given.keys() & have.keys())
    return _written(client.pool, have, given)


def for_client_update(client: AppClient, have: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """A later write with a client's permissions: immutable attributes can no longer be set either."""
    changed = for_client_write(client, have, given)
    _require_mutable(client.pool, given.keys())
    return changed


def for_admin_update(pool: UserPool, have: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """A write by an administrator, who may set the verified flags, of addresses that are there."""
    changed = _written(pool, have, given)
    _require_mutable(pool, given.keys())
    for name, flag in VERIFIED_FLAG.items():
        if given.get(flag) and not changed.get(name):
            raise nothing_to_verify(name)
    return changed


def readable(client: AppClient, have: Mapping[str, str]) -> dict[str, str]:
    """What the client may see in GetUser and in the ID token: everything, unless ReadAttributes names less."""
    names = client.setting("ReadAttributes")
    allowed = set(names) | {"sub"} if names else have.keys()
    return {name: value for name, value in have.items() if name in allowed and not name.startswith("dev:")}


def _require_mutable(pool: UserPool, names: Collection[str]) -> None:
    for name, entry in schema.of(pool).items():
        if name in names and not entry["Mutable"]:
            raise attribute_not_mutable(name)


def _written(pool: UserPool, have: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """A changed e-mail address or phone number loses its verified flag, unless the same write sets it."""
    attribute_values.require_valid(pool, given)
    known = schema.of(pool)
    for name, value in given.items():
        if not value and known[name]["Required"]:
            raise attribute_required(name)
    changed = {name: value for name, value in {**have, **given}.items() if value}
    for name, flag in VERIFIED_FLAG.items():
        if name not in changed:
            changed.pop(flag, None)
        elif flag not in given and changed[name] != have.get(name):
            changed[flag] = "false"
    return changed
