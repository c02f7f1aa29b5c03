"""UpdateResourceServer: name and scopes anew; scopes that are not given are gone."""

from flows.pool import pools
from flows.pool.control_plane import resource_servers
from flows.pool.protocol.call import Call, Request, Response

NAME = "UpdateResourceServer"


def perform(request: Request, call: Call) -> Response:
    server = resource_servers.find(pools.get(request["UserPoolId"]), request["Identifier"])
    server.name = request["Name"]
    server.scopes = request.get("Scopes", [])
    server.save(update_fields=["name", "scopes"])
    return {"ResourceServer": resource_servers.describe(server)}
