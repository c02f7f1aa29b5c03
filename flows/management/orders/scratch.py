"""Situations as the pool keeps them, in a database that lives in memory for as long as somebody looks."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.utils import ConnectionHandler

from flows.management.orders.situations import Situation
from flows.pool.factors import software_tokens
from flows.pool.models import AppClient, Device, PoolUser, UserPool, WebAuthnCredential
from flows.terms import ChallengeName as C
from flows.terms import UserStatus

_MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)
_MADE = {"created_at": _MADE_AT, "modified_at": _MADE_AT}
_RELYING_PARTY = "localhost"
_OFFERED: dict[C, dict[str, Any]] = {
    C.SMS_MFA: {"SmsMfaConfiguration": {}},
    C.SOFTWARE_TOKEN_MFA: {"SoftwareTokenMfaConfiguration": {"Enabled": True}},
    C.EMAIL_OTP: {"EmailMfaConfiguration": {}},
}
_numbers = count(1)


@contextmanager
def database() -> Iterator[None]:
    """The pool's tables, empty, in place of the configured database."""
    configured = connections["default"]
    in_memory = ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})["default"]
    in_memory.connect()
    connections["default"] = in_memory
    try:
        with in_memory.schema_editor() as editor:
            for model in apps.get_app_config("pool").get_models():
                editor.create_model(model)
        yield
    finally:
        connections["default"] = configured
        in_memory.close()


def make(situation: Situation) -> tuple[AppClient, PoolUser, str]:
    """An app client of the pool, the user, and the key of their device or ``""``."""
    pool = UserPool.objects.create(id=f"scratch_{next(_numbers)}", settings=_settings(situation), **_MADE)
    client = AppClient.objects.create(id=pool.pk, pool=pool, **_MADE)
    user = PoolUser.objects.create(
        pool=pool,
        username="somebody",
        username_key="somebody",
        status=UserStatus.FORCE_CHANGE_PASSWORD if situation.temporary else UserStatus.CONFIRMED,
        attributes=_attributes(situation),
        sealed_srp_verifier=b"never opened",
        mfa={
            "enabled": list(situation.factors),
            "preferred": situation.preferred,
            "passkeys": situation.passkey == "MULTI_FACTOR_WITH_USER_VERIFICATION",
        },
        **_MADE,
    )
    if C.SOFTWARE_TOKEN_MFA in situation.factors:
        software_tokens.register(user, b"seed", step=0, name="")
    if situation.passkey:
        _add_passkey(user)
    return client, user, _add_device(user, situation) if situation.device else ""


def _settings(situation: Situation) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "MfaConfiguration": situation.mfa,
        "Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": situation.first_factors}},
        "WebAuthnConfiguration": {
            "RelyingPartyId": _RELYING_PARTY,
            "FactorConfiguration": situation.factor_configuration,
        },
    }
    if situation.device:
        settings["DeviceConfiguration"] = {"ChallengeRequiredOnNewDevice": situation.device == "spares"}
    for factor in (*situation.factors, *situation.settable):
        settings |= _OFFERED[factor]
    return settings


def _attributes(situation: Situation) -> dict[str, str]:
    email = {"email": "somebody@example.com", "email_verified": "true"}
    phone = {"phone_number": "+12025550100", "phone_number_verified": "true"}
    return phone if C.EMAIL_OTP in situation.settable else phone | email


def _add_passkey(user: PoolUser) -> None:
    WebAuthnCredential.objects.create(
        pool=user.pool,
        user=user,
        credential_id=b"scratch",
        credential_data=b"",
        sign_count=0,
        backup_eligible=False,
        backed_up=False,
        relying_party_id=_RELYING_PARTY,
        friendly_name="",
        created_at=_MADE_AT,
    )


def _add_device(user: PoolUser, situation: Situation) -> str:
    device = Device.objects.create(
        user=user,
        key=user.pool_id,
        group_key="",
        salt=b"",
        sealed_verifier=b"",
        remembered=situation.device != "not_remembered",
        authenticated_at=_MADE_AT,
        **_MADE,
    )
    return device.key
