"""AddUserPoolClientSecret: a second secret, so that one can be rotated while both work."""

from django.db import transaction

from flows.pool import clients, identifiers, pools
from flows.pool.control_plane import client_secrets
from flows.pool.protocol.call import Call, Request, Response

NAME = "AddUserPoolClientSecret"


def perform(request: Request, call: Call) -> Response:
    """The value is told only when it was made here."""
    pool = pools.get(request["UserPoolId"])
    client = clients.find(request["ClientId"], pool_id=pool.pk)
    made = None if "ClientSecret" in request else identifiers.client_secret(tools=call.tools)
    with transaction.atomic():
        client_secrets.require_room(client)
        row = client_secrets.add(client, made or request["ClientSecret"], tools=call.tools)
    return {"ClientSecretDescriptor": {**client_secrets.describe(row), "ClientSecretValue": made}}
