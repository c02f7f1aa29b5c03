"""ListUserPoolClients: ids and names of a pool's app clients."""

from flows.pool import paging, pools
from flows.pool.protocol.call import Call, Request, Response

NAME = "ListUserPoolClients"


def perform(request: Request, call: Call) -> Response:
    pool = pools.get(request["UserPoolId"])
    registered_here = request.get("ClientType", "REGULAR") == "REGULAR"  # no client registers itself with this pool
    found, token = paging.page(
        pool.clients.all() if registered_here else pool.clients.none(),
        limit=request.get("MaxResults"),
        token=request.get("NextToken"),
        of=f"clients of {pool.pk}",
    )
    clients = [{"ClientId": client.pk, "UserPoolId": pool.pk, "ClientName": client.name} for client in found]
    return {"UserPoolClients": clients, "NextToken": token}
