"""SetUserPoolMfaConfig: which second factors a pool knows, whether they are asked for, and passkeys.

It replaces everything: what the request does not say is off or gone (seen live, 2026).
"""

from typing import Any

from django.db import transaction

from flows.pool import pools
from flows.pool.control_plane import describe, pool_settings, tiers
from flows.pool.models import UserPool
from flows.pool.protocol.call import Call, Request, Response

NAME = "SetUserPoolMfaConfig"


def perform(request: Request, call: Call) -> Response:
    with transaction.atomic():
        pool = pools.hold(request["UserPoolId"])
        pool.settings = _replaced(pool, request)
        pools.save(pool, tools=call.tools)
    return describe.mfa_configuration(pool)


def _replaced(pool: UserPool, request: Request) -> dict[str, Any]:
    others = {name: value for name, value in pool.settings.items() if name not in pool_settings.MFA_MEMBERS}
    given = {name: request[name] for name in pool_settings.MFA_MEMBERS if name in request}
    # The two members of the SMS block are the pool's own, described by DescribeUserPool too.
    sms = request.get("SmsMfaConfiguration", {})
    settings = {**others, **sms, **given, "MfaConfiguration": request.get("MfaConfiguration", "OFF")}
    pool_settings.require_sound_mfa(settings)
    tiers.require(settings)
    return settings
