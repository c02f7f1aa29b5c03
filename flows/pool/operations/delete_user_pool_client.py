"""DeleteUserPoolClient: the app client, and with it every sign-in that went through it."""

from flows.pool import clients, pools
from flows.pool.protocol.call import Call, Request, Response

NAME = "DeleteUserPoolClient"


def perform(request: Request, call: Call) -> Response:
    pool = pools.get(request["UserPoolId"])
    clients.find(request["ClientId"], pool_id=pool.pk).delete()
    return {}
