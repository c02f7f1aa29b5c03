"""DeleteUserPoolClientSecret: the end of a rotation. The last secret stays."""

from django.db import transaction

from flows.pool import client_secrets, clients, pools
from flows.pool.operations.call import Call, Request, Response

NAME = "DeleteUserPoolClientSecret"


def perform(request: Request, call: Call) -> Response:
    client = clients.find(request["ClientId"], pool_id=pools.get(request["UserPoolId"]).pk)
    with transaction.atomic():
        client_secrets.remove(client, request["ClientSecretId"])
    return {}
