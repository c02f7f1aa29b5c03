"""CreateUserPool: a pool with its schema and its signing keys, in the region that the caller's credentials name."""

from django.db import transaction

from flows.pool import identifiers
from flows.pool.control_plane import defaults, describe, pool_settings, tiers
from flows.pool.directory import schema
from flows.pool.issuing import keys
from flows.pool.models import UserPool
from flows.pool.protocol.call import Call, Request, Response

NAME = "CreateUserPool"
STORED_ONLY = pool_settings.STORED_ONLY


def perform(request: Request, call: Call) -> Response:
    pool_settings.require_sound_request(request)
    settings = {**defaults.pool_settings(request), "Schema": schema.effective(request.get("Schema", []))}
    pool_settings.require_sound(settings)
    tiers.require(settings)
    now = call.tools.now()
    with transaction.atomic():
        pool = UserPool.objects.create(
            pk=identifiers.pool_id(call.region, tools=call.tools),
            name=request["PoolName"],
            settings=settings,
            created_at=now,
            modified_at=now,
        )
        keys.make_signing_keys(pool, tools=call.tools)
    return {"UserPool": describe.user_pool(pool)}
