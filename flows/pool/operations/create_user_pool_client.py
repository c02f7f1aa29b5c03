"""CreateUserPoolClient: an app client, public or with a secret."""

from django.db import transaction

from flows.pool import identifiers, pools
from flows.pool.control_plane import client_secrets, client_settings, defaults, describe, tiers
from flows.pool.errors import invalid_parameter
from flows.pool.models import AppClient
from flows.pool.protocol.call import Call, Request, Response

NAME = "CreateUserPoolClient"
STORED_ONLY = client_settings.STORED_ONLY


def perform(request: Request, call: Call) -> Response:
    pool = pools.get(request["UserPoolId"])
    if request.get("GenerateSecret") and "ClientSecret" in request:
        raise invalid_parameter("You cannot specify both GenerateSecret and ClientSecret.")
    settings = defaults.client_settings(request)
    secret = request.get("ClientSecret")
    if request.get("GenerateSecret"):
        secret = identifiers.client_secret(tools=call.tools)
    client_settings.require_consistent(pool, settings, has_secret=secret is not None)
    tiers.require_client(pool, settings)
    now = call.tools.now()
    with transaction.atomic():
        client = AppClient.objects.create(
            pk=identifiers.client_id(tools=call.tools),
            pool=pool,
            name=request["ClientName"],
            settings=settings,
            is_confidential=secret is not None,
            created_at=now,
            modified_at=now,
        )
        if secret is not None:
            client_secrets.add(client, secret, tools=call.tools)
    return {"UserPoolClient": describe.user_pool_client(client)}
