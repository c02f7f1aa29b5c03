"""DeleteUserPoolClientSecret: the end of a rotation. The last secret stays."""

from django.db import transaction

from flows.pool import clients, pools
from flows.pool.control_plane import client_secrets
from flows.pool.protocol.call import Call, Request, Response

NAME = "DeleteUserPoolClientSecret"


def perform(request: Request, call: Call) -> Response:
    client = clients.find(request["ClientId"], pool_id=pools.get(request["UserPoolId"]).pk)
    with transaction.atomic():
        client_secrets.remove(client, request["ClientSecretId"])
    return {}
