"""ListUserPoolClientSecrets: which secrets an app client has, without their values."""

from flows.pool import clients, pools
from flows.pool.control_plane import client_secrets
from flows.pool.protocol.call import Call, Request, Response

NAME = "ListUserPoolClientSecrets"
IGNORED = frozenset({"NextToken"})  # two secrets are never more than a page


def perform(request: Request, call: Call) -> Response:
    client = clients.find(request["ClientId"], pool_id=pools.get(request["UserPoolId"]).pk)
    return {"ClientSecrets": [client_secrets.describe(row) for row in client.secrets.all()]}
