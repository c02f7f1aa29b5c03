"""ListResourceServers: the APIs of a pool, by identifier."""

from flows.pool import paging, pools
from flows.pool.control_plane import resource_servers
from flows.pool.protocol.call import Call, Request, Response

NAME = "ListResourceServers"
_DEFAULT = 50  # and the most


def perform(request: Request, call: Call) -> Response:
    pool = pools.get(request["UserPoolId"])
    found, token = paging.page(
        pool.resource_servers.all(),
        limit=request.get("MaxResults", _DEFAULT),
        token=request.get("NextToken"),
        of=f"resource servers of {pool.pk}",
        order="identifier",
    )
    return {"ResourceServers": [resource_servers.describe(server) for server in found], "NextToken": token}
