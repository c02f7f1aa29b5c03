"""The demo pool: made once per installation, with passwords of its own, and found again by every process.

``connection`` is what ``settings.COGNITO_CONNECTION`` names: how the portal reaches its pool.
"""

import json
import secrets
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction

from flows.pool import clients, sealing
from flows.pool.delivery import deliver
from flows.pool.demo import cast, legacy_directory
from flows.pool.directory import users
from flows.pool.factors import software_tokens, totp
from flows.pool.models import AppClient, Demo, Group, PoolUser, UserPool
from flows.pool.operations import create_user_pool, create_user_pool_client, set_user_pool_mfa_config
from flows.pool.proofs import passwords
from flows.pool.protocol.call import Call
from flows.pool.tools import Tools
from flows.terms import ChallengeName, UserStatus

_PURPOSE = "demo cast"
_POOL = {
    "PoolName": "Demo",
    "AutoVerifiedAttributes": ["email"],
    "AliasAttributes": ["email"],
    "UsernameConfiguration": {"CaseSensitive": False},
    "Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"]}},
    # Codes by e-mail need a sender of one's own on AWS; here nothing is sent there.
    "EmailConfiguration": {
        "EmailSendingAccount": "DEVELOPER",
        "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/example.com",
    },
}
_SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/demo", "ExternalId": "demo"}
_MFA = {
    "MfaConfiguration": "OPTIONAL",
    "SmsMfaConfiguration": {"SmsConfiguration": _SMS},
    "SoftwareTokenMfaConfiguration": {"Enabled": True},
    "EmailMfaConfiguration": {},
}
_ARN = "arn:aws:lambda:us-east-1:123456789012:function:"
_APP = {"PreventUserExistenceErrors": "ENABLED"}


def find() -> Demo | None:
    """The demo, with its pool and main client; None before it is made."""
    return Demo.objects.select_related("pool", "main_client").filter(pk=Demo.THE_ONE).first()


def install() -> Demo:
    """The demo; made if there is none. Two processes that do this at once end up with the same one."""
    if found := find():
        return found
    try:
        with transaction.atomic():
            return find() or _make()
    except IntegrityError:  # another process was first
        return get()


def reset() -> Demo:
    """A demo made afresh: new pool, new passwords, an empty outbox. The old one's tokens die with its keys."""
    with transaction.atomic():
        UserPool.objects.filter(pk__in=Demo.objects.values("pool")).delete()
        return _make()


def as_made() -> dict[str, Any]:
    """What the demo was made like, by the operation that would make it so again, but for the ids; and its ``users``, by
    name: ``enabled``, ``status``, ``factors``, their second ones, and whether they have an ``email`` address."""
    for_life = ("PoolName", "AliasAttributes", "UsernameConfiguration")
    return {
        "UpdateUserPool": {name: value for name, value in _pool().items() if name not in for_life},
        "SetUserPoolMfaConfig": _mfa(),
        "UpdateUserPoolClient": {"ClientName": cast.APPS[0].name, **_APP, **cast.APPS[0].settings},
        "users": {
            role.username: {"enabled": role.enabled, "status": role.status, "factors": role.mfa, "email": role.email}
            for role in (*cast.ROLES, cast.LEGACY)
        },
    }


def get() -> Demo:
    """The demo, or ImproperlyConfigured that says how to make it."""
    found = find()
    if found is None:
        raise ImproperlyConfigured("There is no demo pool yet: run python manage.py demo.")
    return found


def connection() -> dict[str, str | None]:
    """How the portal reaches the demo pool: by its main client, which is public.

    One look-up by primary key each time: another process may have reset the demo a moment ago.
    """
    demo = get()
    issuer = _issuer(demo)
    return {
        "user_pool_id": demo.pool_id,
        "client_id": demo.main_client_id,
        "client_secret": None,
        "region": demo.pool.region,
        "endpoint_url": settings.POOL_ENDPOINT,
        "issuer": issuer,
        "jwks_uri": f"{issuer}/.well-known/jwks.json",
        "aws_access_key_id": settings.POOL_ACCESS_KEY_ID,
        "aws_secret_access_key": settings.POOL_SECRET_ACCESS_KEY,
    }


def config() -> dict[str, Any]:
    """Everything that another client needs to use the demo, secrets included: what /demo/config.json says."""
    demo = get()
    issuer = _issuer(demo)
    return {
        "endpoint": settings.POOL_ENDPOINT,
        "region": demo.pool.region,
        "userPoolId": demo.pool_id,
        "issuer": issuer,
        "jwksUri": f"{issuer}/.well-known/jwks.json",
        "accessKeyId": settings.POOL_ACCESS_KEY_ID,
        "secretAccessKey": settings.POOL_SECRET_ACCESS_KEY,
        "outboxUrl": f"{settings.SITE_URL}/demo/outbox.json",
        "clients": [_app_config(client) for client in demo.pool.clients.all()],
        "users": json.loads(sealing.unseal(_PURPOSE, bytes(demo.sealed_cast), bound_to=demo.pool_id)),
    }


def users_with_passkey() -> list[str]:
    """Which of the demo's users have a passkey by now, by name."""
    names = PoolUser.objects.filter(pool_id=get().pool_id, passkeys__isnull=False).values_list("username", flat=True)
    return sorted(set(names))


def _issuer(demo: Demo) -> str:
    return f"{settings.POOL_ENDPOINT}/{demo.pool_id}"


def _app_config(client: AppClient) -> dict[str, Any]:
    return {
        "name": client.name,
        "clientId": client.pk,
        "clientSecret": next(iter(clients.secrets_of(client)), None),
        "explicitAuthFlows": client.setting("ExplicitAuthFlows", default=[]),
    }


def _pool() -> dict[str, Any]:
    return {**_POOL, "LambdaConfig": {trigger: f"{_ARN}{name}" for trigger, name in settings.DEMO_TRIGGERS.items()}}


def _mfa() -> dict[str, Any]:
    passkeys = {"RelyingPartyId": urlsplit(settings.SITE_URL).hostname, "UserVerification": "preferred"}
    return {**_MFA, "WebAuthnConfiguration": passkeys}


def _make() -> Demo:
    """Through the operations that any set-up script would call, so that the demo is a pool like every other."""
    call = Call(tools=Tools(endpoint=settings.POOL_ENDPOINT, deliver=deliver), region=settings.POOL_REGION)
    made = create_user_pool.perform(_pool(), call)
    pool = UserPool.objects.get(pk=made["UserPool"]["Id"])
    set_user_pool_mfa_config.perform({**_mfa(), "UserPoolId": pool.pk}, call)
    pool.refresh_from_db()
    apps = [
        create_user_pool_client.perform({**_APP, "UserPoolId": pool.pk, "ClientName": app.name, **app.settings}, call)
        for app in cast.APPS
    ]
    players = [_enter(pool, role, call.tools) for role in cast.ROLES]
    players += legacy_directory.enter(cast.LEGACY)
    return Demo.objects.create(
        pk=Demo.THE_ONE,
        pool=pool,
        main_client=AppClient.objects.get(pk=apps[0]["UserPoolClient"]["ClientId"]),
        sealed_cast=sealing.seal(_PURPOSE, json.dumps(players).encode(), bound_to=pool.pk),
    )


def _enter(pool: UserPool, role: cast.Role, tools: Tools) -> dict[str, str]:
    password = cast.make_password(secrets.randbelow)
    attributes = {"name": role.name}
    if role.email:
        proved = role.status != UserStatus.UNCONFIRMED  # the code that confirms proves the address, too
        attributes |= {"email": f"{role.username}@example.com", "email_verified": "true" if proved else "false"}
    if role.phone_number:
        attributes |= {"phone_number": role.phone_number, "phone_number_verified": "true"}
    user = users.add(
        pool, username=role.username, attributes=attributes, status=UserStatus.FORCE_CHANGE_PASSWORD, tools=tools
    )
    passwords.set_password(user, password, status=role.status, tools=tools)
    user.enabled = role.enabled
    if role.mfa:
        user.mfa = {"enabled": list(role.mfa), "preferred": role.mfa[0] if len(role.mfa) == 1 else None}
    user.save(update_fields=["enabled", "mfa"])
    secret = totp.make_seed(tools=tools)
    if ChallengeName.SOFTWARE_TOKEN_MFA in role.mfa:
        software_tokens.register(user, secret, step=0, name="Demo")
    for name in role.groups:
        now = tools.now()
        group, _ = Group.objects.get_or_create(pool=pool, name=name, defaults={"created_at": now, "modified_at": now})
        group.users.add(user)
    about = role.about.format(secret=totp.to_secret_code(secret))
    return {"username": role.username, "password": password, "about": about}
