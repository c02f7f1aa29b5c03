"""UpdateUserPoolClient: all settings anew; what the request does not say goes back to its default, as on AWS."""

from flows.pool import clients, pools
from flows.pool.control_plane import client_settings, defaults, describe, tiers
from flows.pool.protocol.call import Call, Request, Response

NAME = "UpdateUserPoolClient"
STORED_ONLY = client_settings.STORED_ONLY


def perform(request: Request, call: Call) -> Response:
    pool = pools.get(request["UserPoolId"])
    client = clients.find(request["ClientId"], pool_id=pool.pk)
    settings = defaults.client_settings(request)
    client_settings.require_consistent(pool, settings, has_secret=client.is_confidential)
    tiers.require_client(pool, settings)
    client.settings = settings
    client.name = request.get("ClientName", client.name)
    client.modified_at = call.tools.now()
    client.save(update_fields=["settings", "name", "modified_at"])
    return {"UserPoolClient": describe.user_pool_client(client)}
