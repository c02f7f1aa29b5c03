"""ListUserPoolClients: ids and names of a pool's app clients."""

from flows.pool import paging, pools
from flows.pool.operations.call import Call, Request, Response

NAME = "ListUserPoolClients"
IGNORED = frozenset({"ClientType"})


def perform(request: Request, call: Call) -> Response:
    pool = pools.get(request["UserPoolId"])
    found, token = paging.page(
        pool.clients.all(),
        limit=request.get("MaxResults"),
        token=request.get("NextToken"),
        of=f"clients of {pool.pk}",
    )
    clients = [{"ClientId": client.pk, "UserPoolId": pool.pk, "ClientName": client.name} for client in found]
    return {"UserPoolClients": clients, "NextToken": token}
