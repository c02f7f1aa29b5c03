"""User attributes against the pool's schema and the client's permissions."""

from collections.abc import Mapping

from flows.pool import errors
from flows.pool.models import AppClient, UserPool

# Kept by the pool itself: no client may write them, whatever its WriteAttributes say.
_POOL_OWNED = frozenset({"sub", "email_verified", "phone_number_verified", "identities"})
# What a client may write when WriteAttributes is not set: every standard attribute, no custom one (developer guide).
STANDARD = frozenset(
    (
        *("address", "birthdate", "email", "family_name", "gender", "given_name", "locale", "middle_name", "name"),
        *("nickname", "phone_number", "picture", "preferred_username", "profile", "updated_at", "website", "zoneinfo"),
    )
)


def required(pool: UserPool) -> list[str]:
    """The names that the pool's schema marks as required, but for ``sub``, which every user has."""
    schema = pool.setting("Schema", default=[])
    return [entry["Name"] for entry in schema if entry.get("Required") and entry["Name"] != "sub"]


def missing_required(pool: UserPool, have: Mapping[str, str]) -> list[str]:
    return [name for name in required(pool) if not have.get(name)]


def declared(pool: UserPool) -> set[str]:
    """Every attribute name that the pool knows."""
    custom = {entry["Name"] for entry in pool.setting("Schema", default=[])}
    return set(STANDARD) | _POOL_OWNED | {n if n in STANDARD or ":" in n else f"custom:{n}" for n in custom}


def for_client_write(client: AppClient, have: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """``have`` with ``given`` written by the client, or the refusal that Cognito gives.

    A changed e-mail address or phone number loses its verified flag.
    """
    writable = set(client.setting("WriteAttributes", default=sorted(STANDARD))) - _POOL_OWNED
    for name in given:
        if name not in declared(client.pool):
            raise errors.invalid_parameter(
                f"Attributes did not conform to the schema: Type for attribute {{{name}}} could not be determined"
            )
        if name not in writable:
            raise errors.not_authorized("A client attempted to write unauthorized attribute")
    changed = {**have, **given}
    for name in ("email", "phone_number"):
        if name in given and given[name] != have.get(name):
            changed[f"{name}_verified"] = "false"
    return changed


def readable(client: AppClient, have: Mapping[str, str]) -> dict[str, str]:
    """What the client may see in GetUser and in the ID token: everything, unless ReadAttributes names less."""
    names = client.setting("ReadAttributes")
    if not names:
        return dict(have)
    allowed = set(names) | {"sub"}
    return {name: value for name, value in have.items() if name in allowed}
