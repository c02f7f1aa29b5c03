"""Resource servers: the APIs whose scopes app clients may be allowed."""

from collections.abc import Collection
from typing import Any

from flows.pool.errors.pools import no_such_resource_server, no_such_scope
from flows.pool.models import ResourceServer, UserPool

# Scopes that every pool has; the others are "<identifier>/<scope name>" of a resource server.
STANDARD_SCOPES = frozenset({"openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"})


def find(pool: UserPool, identifier: str) -> ResourceServer:
    """The resource server, or ResourceNotFoundException."""
    server = pool.resource_servers.filter(identifier=identifier).first()
    if server is None:
        raise no_such_resource_server(identifier)
    return server


def describe(server: ResourceServer) -> dict[str, Any]:
    """ResourceServerType."""
    return {
        "UserPoolId": server.pool_id,
        "Identifier": server.identifier,
        "Name": server.name,
        "Scopes": server.scopes,
    }


def require_scopes(pool: UserPool, wanted: Collection[str]) -> None:
    """Raise ScopeDoesNotExistException for a scope that the pool does not have."""
    custom = [scope for scope in wanted if scope not in STANDARD_SCOPES]
    if not custom:
        return
    known = {
        f"{server.identifier}/{scope['ScopeName']}" for server in pool.resource_servers.all() for scope in server.scopes
    }
    for scope in custom:
        if scope not in known:
            raise no_such_scope(scope)
