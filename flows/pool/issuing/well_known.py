"""The public documents below ``<issuer>/.well-known/``: the signing keys and the OpenID configuration."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flows.pool import pools
from flows.pool.errors import PoolError
from flows.pool.issuing import keys
from flows.pool.models import UserPool

MAXIMUM_AGE = 300  # seconds: after a rotation, clients that honour it are right again within five minutes
_PLACE = re.compile(r"(?P<pool_id>[\w-]{1,55})/\.well-known/(?P<name>[a-z.-]+)", re.ASCII)

Document = Callable[[str], dict[str, Any]]  # takes the endpoint; raises ResourceNotFoundException


def find(place: str) -> Document | None:
    """The document at ``<poolId>/.well-known/<name>``, or None for another place."""
    match = _PLACE.fullmatch(place)
    make = _DOCUMENTS.get(match["name"]) if match else None
    if match is None or make is None:
        return None
    pool_id = match["pool_id"]
    return lambda endpoint: make(_pool(pool_id), f"{endpoint.rstrip('/')}/{pool_id}")


def _pool(pool_id: str) -> UserPool:
    try:
        return pools.get(pool_id)
    except PoolError as error:
        raise replace(error, status=404) from None


def _jwks(pool: UserPool, issuer: str) -> dict[str, Any]:
    return keys.jwks(pool)


def _openid_configuration(pool: UserPool, issuer: str) -> dict[str, Any]:
    """The members and their order are those of live documents. A pool without a domain has no OAuth endpoints."""
    return {
        "id_token_signing_alg_values_supported": ["RS256"],
        "issuer": issuer,
        "jwks_uri": f"{issuer}/.well-known/jwks.json",
        "response_types_supported": ["code", "token"],
        "scopes_supported": ["openid", "email", "phone", "profile"],
        "subject_types_supported": ["public"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
    }


_DOCUMENTS: dict[str, Callable[[UserPool, str], dict[str, Any]]] = {
    "jwks.json": _jwks,
    "openid-configuration": _openid_configuration,
}
