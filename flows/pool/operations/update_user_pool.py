"""UpdateUserPool: most settings anew; what the request does not say goes back to its default.

But not all (seen live, 2026): each of the two policies, MfaConfiguration, UserPoolTier, DcrConfiguration and the name
stay as they are when they are not given. The schema, what the pool signs in by and the case of usernames are for life,
and the MFA factors have an operation of their own.
"""

from typing import Any

from django.db import transaction

from flows.pool import pools
from flows.pool.control_plane import defaults, pool_settings, tiers
from flows.pool.models import UserPool
from flows.pool.protocol.call import Call, Request, Response

NAME = "UpdateUserPool"
STORED_ONLY = pool_settings.STORED_ONLY

_FOR_LIFE = ("Schema", "UsernameAttributes", "AliasAttributes", "UsernameConfiguration", *pool_settings.MFA_MEMBERS)
_KEPT_IF_ABSENT = ("MfaConfiguration", "UserPoolTier", "DcrConfiguration")


def perform(request: Request, call: Call) -> Response:
    with transaction.atomic():
        pool = pools.hold(request["UserPoolId"])
        pool_settings.require_sound_request(request)
        pool.settings = _replaced(pool, request)
        pool.name = request.get("PoolName", pool.name)
        pools.save(pool, tools=call.tools)
    return {}


def _replaced(pool: UserPool, request: Request) -> dict[str, Any]:
    kept = {name: pool.settings[name] for name in _KEPT_IF_ABSENT if name in pool.settings}
    policies = {**pool.settings["Policies"], **request.get("Policies", {})}
    for_life = {name: pool.settings[name] for name in _FOR_LIFE if name in pool.settings}
    settings = {**defaults.pool_settings({**kept, **request, "Policies": policies}), **for_life}
    pool_settings.require_sound(settings)
    tiers.require_change(pool, settings)
    return settings
