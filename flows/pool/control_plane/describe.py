"""Pools, app clients and users as the API shows them."""

from collections.abc import Collection
from typing import Any

from flows.pool import clients, identifiers
from flows.pool.control_plane import pool_settings
from flows.pool.directory import schema, users
from flows.pool.models import AppClient, PoolUser, UserPool

Described = dict[str, Any]


def user_pool(pool: UserPool) -> Described:
    """UserPoolType: everything that is stored, in full."""
    elsewhere = ("Schema", *pool_settings.MFA_MEMBERS)  # described under another name, or by another operation
    settings = {name: value for name, value in pool.settings.items() if name not in elsewhere}
    return {
        "Id": pool.pk,
        "Name": pool.name,
        "Arn": identifiers.pool_arn(pool.pk),
        "CreationDate": pool.created_at,
        "LastModifiedDate": pool.modified_at,
        "EstimatedNumberOfUsers": pool.users.count(),
        "SchemaAttributes": list(schema.of(pool).values()),
        **settings,
    }


def user_pool_briefly(pool: UserPool) -> Described:
    """UserPoolDescriptionType."""
    return {
        "Id": pool.pk,
        "Name": pool.name,
        "LambdaConfig": pool.setting("LambdaConfig", default={}),
        "CreationDate": pool.created_at,
        "LastModifiedDate": pool.modified_at,
    }


def mfa_configuration(pool: UserPool) -> Described:
    """What SetUserPoolMfaConfig and GetUserPoolMfaConfig answer."""
    blocks = {name: pool.settings[name] for name in pool_settings.MFA_MEMBERS if name in pool.settings}
    return {"MfaConfiguration": pool.setting("MfaConfiguration", default="OFF"), **blocks}


def user_pool_client(client: AppClient) -> Described:
    """UserPoolClientType, with the oldest secret when the client has one."""
    return {
        "UserPoolId": client.pool_id,
        "ClientName": client.name,
        "ClientId": client.pk,
        "ClientSecret": next(iter(clients.secrets_of(client)), None),
        "ClientType": "REGULAR",
        "CreationDate": client.created_at,
        "LastModifiedDate": client.modified_at,
        **client.settings,
    }


def user(found: PoolUser, *, attributes_member: str = "Attributes", only: Collection[str] | None = None) -> Described:
    """UserType, with the attributes ``only`` or all of them; AdminGetUser calls them UserAttributes."""
    return {
        "Username": found.username,
        attributes_member: [each for each in users.user_attributes(found) if only is None or each["Name"] in only],
        "UserCreateDate": found.created_at,
        "UserLastModifiedDate": found.modified_at,
        "Enabled": found.enabled,
        "UserStatus": found.status,
    }
