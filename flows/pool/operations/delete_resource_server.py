"""DeleteResourceServer: app clients keep the names of its scopes, which no longer mean anything."""

from flows.pool import pools, resource_servers
from flows.pool.operations.call import Call, Request, Response

NAME = "DeleteResourceServer"


def perform(request: Request, call: Call) -> Response:
    resource_servers.find(pools.get(request["UserPoolId"]), request["Identifier"]).delete()
    return {}
