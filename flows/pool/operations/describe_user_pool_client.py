"""DescribeUserPoolClient: everything that is stored of an app client, its secret included."""

from flows.pool import clients, describe, pools
from flows.pool.operations.call import Call, Request, Response

NAME = "DescribeUserPoolClient"


def perform(request: Request, call: Call) -> Response:
    pool = pools.get(request["UserPoolId"])
    return {"UserPoolClient": describe.user_pool_client(clients.find(request["ClientId"], pool_id=pool.pk))}
