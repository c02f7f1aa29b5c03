"""DescribeResourceServer: one API and its scopes."""

from flows.pool import pools
from flows.pool.control_plane import resource_servers
from flows.pool.protocol.call import Call, Request, Response

NAME = "DescribeResourceServer"


def perform(request: Request, call: Call) -> Response:
    server = resource_servers.find(pools.get(request["UserPoolId"]), request["Identifier"])
    return {"ResourceServer": resource_servers.describe(server)}
