"""DescribeUserPoolClient: everything that is stored of an app client, its secret included."""

from flows.pool import clients, pools
from flows.pool.control_plane import describe
from flows.pool.protocol.call import Call, Request, Response

NAME = "DescribeUserPoolClient"


def perform(request: Request, call: Call) -> Response:
    pool = pools.get(request["UserPoolId"])
    return {"UserPoolClient": describe.user_pool_client(clients.find(request["ClientId"], pool_id=pool.pk))}
