"""DeleteResourceServer: app clients keep the names of its scopes, which no longer mean anything."""

from flows.pool import pools
from flows.pool.control_plane import resource_servers
from flows.pool.protocol.call import Call, Request, Response

NAME = "DeleteResourceServer"


def perform(request: Request, call: Call) -> Response:
    resource_servers.find(pools.get(request["UserPoolId"]), request["Identifier"]).delete()
    return {}
