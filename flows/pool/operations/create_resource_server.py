"""CreateResourceServer: an API and its custom scopes."""

from django.db import IntegrityError, transaction

from flows.pool import pools
from flows.pool.control_plane import resource_servers
from flows.pool.errors.pools import resource_server_exists
from flows.pool.models import ResourceServer
from flows.pool.protocol.call import Call, Request, Response

NAME = "CreateResourceServer"


def perform(request: Request, call: Call) -> Response:
    pool = pools.get(request["UserPoolId"])
    try:
        with transaction.atomic():
            server = ResourceServer.objects.create(
                pool=pool,
                identifier=request["Identifier"],
                name=request["Name"],
                scopes=request.get("Scopes", []),
            )
    except IntegrityError:
        raise resource_server_exists(request["Identifier"], pool.pk) from None
    return {"ResourceServer": resource_servers.describe(server)}
