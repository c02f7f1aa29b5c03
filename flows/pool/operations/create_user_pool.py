"""CreateUserPool: a pool with its schema and its signing keys, in the region that the caller's credentials name."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from flows.pool import defaults, describe, errors, identifiers, keys
from flows.pool.models import UserPool
from flows.pool.operations.call import Call, Request, Response

NAME = "CreateUserPool"


def perform(request: Request, call: Call) -> Response:
    _refuse_contradictions(request)
    settings = {**defaults.pool_settings(request), "Schema": defaults.pool_schema(request)}
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


def _refuse_contradictions(request: Mapping[str, Any]) -> None:
    """What the service model cannot say: members that exclude or need each other (sections 9.7 and 11)."""
    if request.get("UsernameAttributes") and request.get("AliasAttributes"):
        raise errors.invalid_parameter(
            "Only one of the aliasAttributes or usernameAttributes can be set in a user pool."
        )
    if request.get("MfaConfiguration", "OFF") != "OFF" and "SmsConfiguration" not in request:
        raise errors.invalid_parameter(
            "SMS configuration and Auto verification for phone_number are required when MFA is required/optional"
        )
    policy = request.get("Policies", {}).get("PasswordPolicy", {})
    older = request.get("AdminCreateUserConfig", {}).get("UnusedAccountValidityDays")
    if older and policy.get("TemporaryPasswordValidityDays"):
        raise errors.invalid_parameter(
            "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays"
        )
