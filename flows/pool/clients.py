"""Finding app clients and checking what they must prove."""

import base64
import hmac
from collections.abc import Iterable

from flows.pool import lookup, sealing
from flows.pool.errors.clients import no_such_client, secret_hash_missing, secret_hash_wrong
from flows.pool.models import AppClient, UserPool

_PURPOSE = "client secret"
_LEGACY_DEFAULT = frozenset({"ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"})
_REFRESH = "ALLOW_REFRESH_TOKEN_AUTH"


def find(client_id: str, *, pool_id: str | None = None) -> AppClient:
    """The client with its pool, or ResourceNotFoundException; ``pool_id`` as the admin operations name it."""
    client = lookup.one(AppClient, id=client_id)
    pool = lookup.one(UserPool, id=client.pool_id) if client else None
    if client is None or pool is None or pool_id not in (None, pool.pk):
        raise no_such_client(client_id)
    client.pool = pool
    return client


def allowed_flows(client: AppClient) -> frozenset[str]:
    """The client's flows as ``ALLOW_`` names, whichever of the two vocabularies it was configured in.

    Source: CreateUserPoolClient.ExplicitAuthFlows. The older names add to USER_SRP_AUTH and CUSTOM_AUTH, but for
    CUSTOM_AUTH_FLOW_ONLY, which leaves only CUSTOM_AUTH; refresh is always on for them.
    """
    configured = frozenset(client.setting("ExplicitAuthFlows", default=[]))
    if not configured:
        return _LEGACY_DEFAULT
    if any(flow.startswith("ALLOW_") for flow in configured):
        return configured
    if "CUSTOM_AUTH_FLOW_ONLY" in configured:
        return frozenset({"ALLOW_CUSTOM_AUTH", _REFRESH})
    older = {"ADMIN_NO_SRP_AUTH": "ALLOW_ADMIN_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH": "ALLOW_USER_PASSWORD_AUTH"}
    return _LEGACY_DEFAULT | {older[flow] for flow in configured}


def allows(client: AppClient, setting: str) -> bool:
    """``setting`` is an ``ALLOW_`` name of ExplicitAuthFlows."""
    return setting in allowed_flows(client)


def hides_user_existence(client: AppClient) -> bool:
    """PreventUserExistenceErrors; the API's default is LEGACY, which tells."""
    return bool(client.setting("PreventUserExistenceErrors", default="LEGACY") == "ENABLED")


def seal_secret(secret_id: str, secret: str) -> bytes:
    return sealing.seal(_PURPOSE, secret.encode(), bound_to=secret_id)


def secrets_of(client: AppClient) -> list[str]:
    """Every secret that is valid now, oldest first; empty for a public client."""
    if not client.is_confidential:
        return []
    rows = client.secrets.all()
    return [sealing.unseal(_PURPOSE, row.sealed_secret, bound_to=row.secret_id).decode() for row in rows]


def verify_secret_hash(client: AppClient, names: Iterable[str], given: str | None) -> None:
    """Check SECRET_HASH = base64(HMAC-SHA256(secret, name + client id)) for any of ``names`` and any secret.

    A public client that sends one is refused too: it holds a secret that is not its own.
    """
    secrets = secrets_of(client)
    if not secrets and not given:
        return
    if not given:
        raise secret_hash_missing(client.pk)
    expected = (
        base64.b64encode(hmac.digest(secret.encode(), (name + client.pk).encode(), "sha256"))
        for secret in secrets
        for name in names
    )
    matches = [hmac.compare_digest(each, given.encode("utf-8", "replace")) for each in expected]  # all, in equal time
    if not any(matches):
        raise secret_hash_wrong(client.pk)


def verify_secret(client: AppClient, given: str | None) -> bool:
    """Check the secret itself, as RevokeToken and GetTokensFromRefreshToken send it."""
    secrets = secrets_of(client)
    if not secrets:
        return not given
    presented = (given or "").encode("utf-8", "replace")
    matches = [hmac.compare_digest(secret.encode(), presented) for secret in secrets]
    return any(matches)
