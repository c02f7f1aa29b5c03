"""App clients: created, described in full, changed, listed, deleted; their secrets rotated."""

import re
from typing import Any

import pytest

from flows.pool.models import ClientSecret
from tests.pool.conftest import PASSWORD, World
from tests.pool.test_password_sign_in import secret_hash
from tests.race import Refused, race


def create(world: World, **members: Any) -> dict[str, Any]:
    return world("CreateUserPoolClient", UserPoolId=world.pool_id, ClientName="mine", **members)["UserPoolClient"]


def describe(world: World, client_id: str) -> dict[str, Any]:
    return world("DescribeUserPoolClient", UserPoolId=world.pool_id, ClientId=client_id)["UserPoolClient"]


def refused(world: World, **members: Any) -> str:
    code, message = world.refusal("CreateUserPoolClient", UserPoolId=world.pool_id, ClientName="mine", **members)
    assert code == "InvalidParameterException"
    return message


# -- Create and describe -----------------------------------------------------------------------------------------
def test_a_public_client_and_its_defaults(world: World) -> None:
    client = create(world)
    assert re.fullmatch(r"[a-z0-9]{26}", client["ClientId"])
    assert {name: value for name, value in client.items() if not name.endswith("Date")} == {
        "UserPoolId": world.pool_id,
        "ClientName": "mine",
        "ClientId": client["ClientId"],
        "ClientType": "REGULAR",
        "RefreshTokenValidity": 30,
        "AllowedOAuthFlowsUserPoolClient": False,
        "EnableTokenRevocation": True,
        "EnablePropagateAdditionalUserContextData": False,
        "AuthSessionValidity": 3,
    }
    assert describe(world, client["ClientId"]) == client


def test_a_client_with_a_secret(world: World) -> None:
    client = create(world, GenerateSecret=True)
    assert re.fullmatch(r"[a-z0-9]{51}", client["ClientSecret"])
    assert describe(world, client["ClientId"])["ClientSecret"] == client["ClientSecret"]
    assert create(world, GenerateSecret=True)["ClientSecret"] != client["ClientSecret"]


def test_a_client_with_a_secret_of_its_own(world: World) -> None:
    assert create(world, ClientSecret="a" * 24)["ClientSecret"] == "a" * 24
    assert "both" in refused(world, ClientSecret="a" * 24, GenerateSecret=True)


def test_t016_no_secret_is_in_the_database_in_clear(world: World) -> None:
    secret = create(world, GenerateSecret=True)["ClientSecret"]
    assert secret.encode() not in bytes(ClientSecret.objects.get().sealed_secret)


EVERYTHING: dict[str, Any] = {
    "RefreshTokenValidity": 10,
    "AccessTokenValidity": 60,
    "IdTokenValidity": 60,
    "TokenValidityUnits": {"AccessToken": "minutes", "IdToken": "minutes", "RefreshToken": "days"},
    "ReadAttributes": ["email", "phone_number", "email_verified", "phone_number_verified"],
    "WriteAttributes": ["email", "phone_number"],
    "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    "SupportedIdentityProviders": ["COGNITO"],
    "CallbackURLs": ["https://www.example.com", "http://localhost:8001", "myapp://example"],
    "LogoutURLs": ["https://www.example.com/bye"],
    "DefaultRedirectURI": "https://www.example.com",
    "AllowedOAuthFlows": ["code", "implicit"],
    "AllowedOAuthScopes": ["openid", "profile", "aws.cognito.signin.user.admin"],
    "AllowedOAuthFlowsUserPoolClient": True,
    "PreventUserExistenceErrors": "ENABLED",
    "EnableTokenRevocation": False,
    "EnablePropagateAdditionalUserContextData": True,
    "AuthSessionValidity": 4,
}


def test_everything_given_is_described_back(world: World) -> None:
    client = describe(world, create(world, GenerateSecret=True, **EVERYTHING)["ClientId"])
    assert {name: client[name] for name in EVERYTHING} == EVERYTHING
    assert "GenerateSecret" not in client


def test_zero_days_mean_the_default(world: World) -> None:
    assert create(world, RefreshTokenValidity=0)["RefreshTokenValidity"] == 30


def test_no_such_pool(world: World) -> None:
    for operation, members in (
        ("CreateUserPoolClient", {"ClientName": "mine"}),
        ("DescribeUserPoolClient", {"ClientId": world.client_id}),
        ("ListUserPoolClients", {}),
    ):
        refusal = world.refusal(operation, UserPoolId="us-east-1_Missing00", **members)
        assert refusal == ("ResourceNotFoundException", "User pool us-east-1_Missing00 does not exist.")


def test_no_such_client(world: World) -> None:
    for operation in ("DescribeUserPoolClient", "UpdateUserPoolClient", "DeleteUserPoolClient"):
        refusal = world.refusal(operation, UserPoolId=world.pool_id, ClientId="missing")
        assert refusal == ("ResourceNotFoundException", "User pool client missing does not exist.")


# -- Contradictions ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "flows",
    [["ALLOW_USER_SRP_AUTH", "USER_PASSWORD_AUTH"], ["ADMIN_NO_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]],
)
def test_the_two_vocabularies_of_flows_do_not_mix(world: World, flows: list[str]) -> None:
    assert "ALLOW_" in refused(world, ExplicitAuthFlows=flows)


@pytest.mark.parametrize(
    "members",
    [
        {"AccessTokenValidity": 4, "TokenValidityUnits": {"AccessToken": "minutes"}},
        {"AccessTokenValidity": 25},
        {"IdTokenValidity": 2, "TokenValidityUnits": {"IdToken": "days"}},
        {"IdTokenValidity": 299, "TokenValidityUnits": {"IdToken": "seconds"}},
        {"RefreshTokenValidity": 59, "TokenValidityUnits": {"RefreshToken": "minutes"}},
        {"RefreshTokenValidity": 3651},
    ],
)
def test_lifetimes_out_of_range(world: World, members: dict[str, Any]) -> None:
    assert refused(world, **members) == "Invalid range for token validity."


@pytest.mark.parametrize(
    "members",
    [
        {"AccessTokenValidity": 5, "TokenValidityUnits": {"AccessToken": "minutes"}},
        {"AccessTokenValidity": 24},
        {"IdTokenValidity": 1, "TokenValidityUnits": {"IdToken": "days"}},
        {"RefreshTokenValidity": 60, "TokenValidityUnits": {"RefreshToken": "minutes"}},
        {"RefreshTokenValidity": 3650},
    ],
)
def test_lifetimes_in_range(world: World, members: dict[str, Any]) -> None:
    assert create(world, **members)


def test_attributes_that_the_pool_does_not_have(world: World) -> None:
    text = "Invalid {} attributes specified while creating a client"
    assert refused(world, ReadAttributes=["custom:x"]) == text.format("read")
    assert refused(world, WriteAttributes=["custom:x"]) == text.format("write")


def test_rotation_and_the_refresh_flow_exclude_each_other(world: World) -> None:
    rotation = {"Feature": "ENABLED", "RetryGracePeriodSeconds": 10}
    assert "rotation" in refused(
        world, RefreshTokenRotation=rotation, ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    )
    client = create(world, RefreshTokenRotation=rotation, ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"])
    assert client["RefreshTokenRotation"] == rotation


def test_the_default_redirect_is_a_callback(world: World) -> None:
    refused(world, DefaultRedirectURI="https://a.example", CallbackURLs=["https://b.example"])


def test_client_credentials_need_a_secret(world: World) -> None:
    members = {"AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthFlowsUserPoolClient": True}
    refusal = world.refusal("CreateUserPoolClient", UserPoolId=world.pool_id, ClientName="mine", **members)
    assert refusal[0] == "InvalidOAuthFlowException"
    assert create(world, GenerateSecret=True, **members)


# -- Update, list, delete ----------------------------------------------------------------------------------------
def test_an_update_replaces_all_settings(world: World) -> None:
    client = create(world, GenerateSecret=True, **EVERYTHING)
    world.clock.forward(minutes=1)
    answer = world(
        "UpdateUserPoolClient", UserPoolId=world.pool_id, ClientId=client["ClientId"], AuthSessionValidity=9
    )["UserPoolClient"]
    assert answer == describe(world, client["ClientId"])
    assert answer["AuthSessionValidity"] == 9
    assert answer["RefreshTokenValidity"] == 30
    assert answer["EnableTokenRevocation"] is True
    assert not {"ExplicitAuthFlows", "ReadAttributes", "CallbackURLs"} & answer.keys()
    for name in ("ClientName", "ClientSecret", "CreationDate"):
        assert answer[name] == client[name]
    assert answer["LastModifiedDate"] > client["LastModifiedDate"]


def test_an_update_is_checked_like_a_creation(world: World) -> None:
    refusal = world.refusal(
        "UpdateUserPoolClient", UserPoolId=world.pool_id, ClientId=world.client_id, AccessTokenValidity=25
    )
    assert refusal == ("InvalidParameterException", "Invalid range for token validity.")


def test_an_update_of_the_flows_bites_at_once(world: World) -> None:
    assert world.sign_in()
    world(
        "UpdateUserPoolClient",
        UserPoolId=world.pool_id,
        ClientId=world.client_id,
        ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"],
    )
    assert world.refusal("InitiateAuth", **world.password_request("alice", PASSWORD)) == (
        "InvalidParameterException",
        "USER_PASSWORD_AUTH flow not enabled for this client",
    )


def test_clients_are_listed_in_pages(world: World) -> None:
    made = {world.client_id} | {create(world)["ClientId"] for _ in range(4)}
    first = world("ListUserPoolClients", UserPoolId=world.pool_id, MaxResults=3)
    second = world("ListUserPoolClients", UserPoolId=world.pool_id, MaxResults=3, NextToken=first["NextToken"])
    assert "NextToken" not in second
    listed = first["UserPoolClients"] + second["UserPoolClients"]
    assert {client["ClientId"] for client in listed} == made
    assert {frozenset(client) for client in listed} == {frozenset({"ClientId", "UserPoolId", "ClientName"})}


def test_clients_are_listed_by_type(world: World) -> None:
    for client_type, expected in (("REGULAR", 1), ("DCR", 0)):
        answer = world("ListUserPoolClients", UserPoolId=world.pool_id, ClientType=client_type)
        assert len(answer["UserPoolClients"]) == expected


def test_a_token_of_another_list_is_refused(world: World) -> None:
    other = world("CreateUserPool", PoolName="other")["UserPool"]["Id"]
    create(world)
    token = world("ListUserPoolClients", UserPoolId=world.pool_id, MaxResults=1)["NextToken"]
    assert world.refusal("ListUserPoolClients", UserPoolId=other, NextToken=token)[0] == "InvalidParameterException"


def test_a_deleted_client_is_gone_with_its_tokens(world: World) -> None:
    tokens = world.sign_in()
    world("DeleteUserPoolClient", UserPoolId=world.pool_id, ClientId=world.client_id)
    refusal = world.refusal("InitiateAuth", **world.password_request("alice", PASSWORD))
    assert refusal[0] == "ResourceNotFoundException"
    assert world.refusal("GetUser", AccessToken=tokens["AccessToken"])[0] == "NotAuthorizedException"


# -- Secrets -----------------------------------------------------------------------------------------------------
def sign_in_with(world: World, client_id: str, secret: str) -> bool:
    parameters = {"SECRET_HASH": secret_hash("alice", client_id, secret)}
    request = world.password_request("alice", PASSWORD, ClientId=client_id, parameters=parameters)
    return "AuthenticationResult" in world("InitiateAuth", **request)


def test_a_rotation_from_start_to_end(world: World) -> None:
    client = create(world, GenerateSecret=True, ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"])
    client_id, old = client["ClientId"], client["ClientSecret"]
    names = {"UserPoolId": world.pool_id, "ClientId": client_id}

    world.clock.forward(minutes=1)
    added = world("AddUserPoolClientSecret", **names)["ClientSecretDescriptor"]
    new = added["ClientSecretValue"]
    assert added["ClientSecretId"].startswith(f"{client_id}--")
    assert sign_in_with(world, client_id, old)
    assert sign_in_with(world, client_id, new)

    listed = world("ListUserPoolClientSecrets", **names)["ClientSecrets"]
    assert [set(secret) for secret in listed] == [{"ClientSecretId", "ClientSecretCreateDate"}] * 2

    world("DeleteUserPoolClientSecret", **names, ClientSecretId=listed[0]["ClientSecretId"])
    assert sign_in_with(world, client_id, new)
    hashed = {"SECRET_HASH": secret_hash("alice", client_id, old)}
    request = world.password_request("alice", PASSWORD, ClientId=client_id, parameters=hashed)
    assert world.refusal("InitiateAuth", **request) == (
        "NotAuthorizedException",
        f"Unable to verify secret hash for client {client_id}",
    )
    assert describe(world, client_id)["ClientSecret"] == new


def test_a_value_that_was_given_is_not_repeated(world: World) -> None:
    client_id = create(world, GenerateSecret=True)["ClientId"]
    names = {"UserPoolId": world.pool_id, "ClientId": client_id}
    answer = world("AddUserPoolClientSecret", **names, ClientSecret="b" * 30)["ClientSecretDescriptor"]
    assert "ClientSecretValue" not in answer


def test_limits_of_secrets(world: World) -> None:
    client_id = create(world, GenerateSecret=True)["ClientId"]
    names = {"UserPoolId": world.pool_id, "ClientId": client_id}
    world("AddUserPoolClientSecret", **names)
    assert world.refusal("AddUserPoolClientSecret", **names) == (
        "LimitExceededException",
        "Client secrets cannot exceed limit of 2 secrets.",
    )
    first, second = (each["ClientSecretId"] for each in world("ListUserPoolClientSecrets", **names)["ClientSecrets"])
    world("DeleteUserPoolClientSecret", **names, ClientSecretId=first)
    assert world.refusal("DeleteUserPoolClientSecret", **names, ClientSecretId=second)[0] == "InvalidParameterException"
    assert world.refusal("DeleteUserPoolClientSecret", **names, ClientSecretId=first)[0] == "ResourceNotFoundException"


def test_a_public_client_stays_public(world: World) -> None:
    names = {"UserPoolId": world.pool_id, "ClientId": world.client_id}
    assert world.refusal("AddUserPoolClientSecret", **names)[0] == "InvalidParameterException"
    assert world("ListUserPoolClientSecrets", **names)["ClientSecrets"] == []


@pytest.mark.django_db(transaction=True)
def test_a_third_secret_does_not_slip_in(world: World) -> None:
    client_id = create(world, GenerateSecret=True)["ClientId"]
    names = {"UserPoolId": world.pool_id, "ClientId": client_id}
    results = race(8, lambda: world("AddUserPoolClientSecret", **names))
    assert sum(isinstance(result, Refused) for result in results) == 7
    assert len(world("ListUserPoolClientSecrets", **names)["ClientSecrets"]) == 2


@pytest.mark.django_db(transaction=True)
def test_the_last_secret_does_not_slip_out(world: World) -> None:
    client_id = create(world, GenerateSecret=True)["ClientId"]
    names = {"UserPoolId": world.pool_id, "ClientId": client_id}
    world("AddUserPoolClientSecret", **names)
    ids = [secret["ClientSecretId"] for secret in world("ListUserPoolClientSecrets", **names)["ClientSecrets"]] * 4
    results = race(8, lambda: world("DeleteUserPoolClientSecret", **names, ClientSecretId=ids.pop()))
    assert sum(isinstance(result, Refused) for result in results) == 7
    assert len(world("ListUserPoolClientSecrets", **names)["ClientSecrets"]) == 1
