"""USER_PASSWORD_AUTH, the admin flow, and what every InitiateAuth checks first."""

import base64
import hmac
import json
import time
from typing import Any

import pytest

from flows.pool import wire
from tests.pool.conftest import PASSWORD, World

INCORRECT = ("NotAuthorizedException", "Incorrect username or password.")


def secret_hash(name: str, client_id: str, secret: str) -> str:
    return base64.b64encode(hmac.digest(secret.encode(), (name + client_id).encode(), "sha256")).decode()


def test_a_right_password(world: World) -> None:
    assert world.sign_in()["AccessToken"]


@pytest.mark.parametrize("flow", ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"])
def test_the_admin_flow_and_its_older_name(world: World, flow: str) -> None:
    request = world.password_request("alice", PASSWORD, AuthFlow=flow)
    assert world("AdminInitiateAuth", UserPoolId=world.pool_id, **request)["AuthenticationResult"]


def test_t035_the_wrong_api_for_a_flow(world: World) -> None:
    expected = ("InvalidParameterException", "Initiate Auth method not supported.")
    for flow in ("ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"):
        assert world.refusal("InitiateAuth", **world.password_request("alice", PASSWORD, AuthFlow=flow)) == expected
    request = world.password_request("alice", PASSWORD)
    assert world.refusal("AdminInitiateAuth", UserPoolId=world.pool_id, **request) == expected


@pytest.mark.parametrize(
    ("flow", "parameters", "text"),
    [
        ("USER_PASSWORD_AUTH", {"PASSWORD": "x"}, "USER_PASSWORD_AUTH flow not enabled for this client"),
        ("USER_SRP_AUTH", {"SRP_A": "abc"}, "USER_SRP_AUTH is not enabled for the client."),
        ("REFRESH_TOKEN_AUTH", {"REFRESH_TOKEN": "x"}, "Auth flow not enabled for this client"),
    ],
)
def test_explicit_auth_flows(world: World, flow: str, parameters: dict[str, str], text: str) -> None:
    client_id = world.add_client(ExplicitAuthFlows=["ALLOW_CUSTOM_AUTH"])
    refused = world.refusal(
        "InitiateAuth", ClientId=client_id, AuthFlow=flow, AuthParameters={"USERNAME": "alice"} | parameters
    )
    assert refused == ("InvalidParameterException", text)


@pytest.mark.parametrize("configured", [None, ["USER_PASSWORD_AUTH"], ["ADMIN_NO_SRP_AUTH"]])
def test_older_clients_have_srp_and_refresh(world: World, configured: list[str] | None) -> None:
    members = {"ClientName": "older"} | ({"ExplicitAuthFlows": configured} if configured else {})
    answer = world("CreateUserPoolClient", UserPoolId=world.pool_id, **members)
    world.client_id = answer["UserPoolClient"]["ClientId"]
    _, proof = world.srp_challenge("alice", PASSWORD)
    assert world("RespondToAuthChallenge", **proof)["AuthenticationResult"]
    if configured == ["USER_PASSWORD_AUTH"]:
        assert world.sign_in()["AccessToken"]
    else:
        assert world.refusal("InitiateAuth", **world.password_request("alice", PASSWORD))[0]


@pytest.mark.parametrize("missing", ["USERNAME", "PASSWORD"])
def test_missing_and_empty_parameters(world: World, missing: str) -> None:
    expected = ("InvalidParameterException", f"Missing required parameter {missing}")
    request = world.password_request("alice", PASSWORD)
    request["AuthParameters"][missing] = ""
    assert world.refusal("InitiateAuth", **request) == expected
    del request["AuthParameters"][missing]
    assert world.refusal("InitiateAuth", **request) == expected


def test_unknown_client(world: World) -> None:
    refused = world.refusal("InitiateAuth", **world.password_request("alice", PASSWORD, ClientId="nobodys"))
    assert refused == ("ResourceNotFoundException", "User pool client nobodys does not exist.")


def test_t015_secret_hash(world: World) -> None:
    made = world(
        "CreateUserPoolClient",
        UserPoolId=world.pool_id,
        ClientName="confidential",
        GenerateSecret=True,
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    )["UserPoolClient"]
    world.client_id = made["ClientId"]
    request = world.password_request("alice", PASSWORD)
    missing = f"Client {made['ClientId']} is configured with secret but SECRET_HASH was not received"
    assert world.refusal("InitiateAuth", **request) == ("NotAuthorizedException", missing)
    for wrong in ("AAAA", secret_hash("bob", made["ClientId"], made["ClientSecret"]), "é"):
        request["AuthParameters"]["SECRET_HASH"] = wrong
        unable = f"Unable to verify secret hash for client {made['ClientId']}"
        assert world.refusal("InitiateAuth", **request) == ("NotAuthorizedException", unable)
    request["AuthParameters"]["SECRET_HASH"] = secret_hash("alice", made["ClientId"], made["ClientSecret"])
    token = world("InitiateAuth", **request)["AuthenticationResult"]["RefreshToken"]

    refresh = {"ClientId": made["ClientId"], "AuthFlow": "REFRESH_TOKEN_AUTH"}
    parameters = {"REFRESH_TOKEN": token}
    assert world.refusal("InitiateAuth", **refresh, AuthParameters=parameters)[1] == missing
    parameters["SECRET_HASH"] = secret_hash("alice", made["ClientId"], made["ClientSecret"])
    assert world("InitiateAuth", **refresh, AuthParameters=parameters)["AuthenticationResult"]


def test_t015_a_public_client_that_sends_a_hash(world: World) -> None:
    request = world.password_request("alice", PASSWORD, parameters={"SECRET_HASH": "AAAA"})
    assert world.refusal("InitiateAuth", **request)[0] == "NotAuthorizedException"


def raw(world: World, parameters: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
    """Status, headers without the ones that differ every time, body."""
    request = {"ClientId": world.client_id, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters}
    status, headers, body = wire.handle(
        method="POST",
        url="http://localhost:8000/cognito-idp",
        headers={
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": "AWSCognitoIdentityProviderService.InitiateAuth",
        },
        body=json.dumps(request).encode(),
    )
    return status, {n: v for n, v in headers.items() if n.lower() not in {"date", "x-amzn-requestid"}}, body


def test_t017_an_unknown_user_looks_like_a_wrong_password(world: World) -> None:
    unknown = raw(world, {"USERNAME": "nobody", "PASSWORD": PASSWORD})
    wrong = raw(world, {"USERNAME": "alice", "PASSWORD": "Wrong-Horse-9!"})
    assert unknown == wrong
    assert unknown[0] == 400


def test_t017_legacy_clients_are_told(world: World) -> None:
    world.client_id = world.add_client()
    refused = world.refusal("InitiateAuth", **world.password_request("nobody", PASSWORD))
    assert refused == ("UserNotFoundException", "User does not exist.")


def test_t131_no_field_holds_a_nul(world: World) -> None:
    for name, password in (("alice", "a\0b"), ("a\0b", PASSWORD)):
        refused = world.refusal("InitiateAuth", **world.password_request(name, password))
        assert refused[0] in {"InvalidParameterException", "SerializationException"}


@pytest.mark.parametrize("password", ["x" * 257, "x" * 10_000, "é" * 256])
def test_t031_odd_passwords_are_wrong_passwords(world: World, password: str) -> None:
    started = time.thread_time()
    assert world.refusal("InitiateAuth", **world.password_request("alice", password)) == INCORRECT
    assert time.thread_time() - started < 1


@pytest.mark.parametrize("password", ["Tab\tInside-9!", "Pässwörd-🔑-9", "e\u0301-Combining-9!", "Inner Space-9!"])
def test_t030_passwords_are_kept_byte_exact(world: World, password: str) -> None:
    world.add_user("carol")
    world.set_password("carol", password)
    assert world.sign_in("carol", password)["AccessToken"]
    for other in (password.strip() + " ", password.replace("e\u0301", "é"), password.replace("ä", "a\u0308")):
        if other != password:
            assert world.refusal("InitiateAuth", **world.password_request("carol", other)) == INCORRECT


def test_t013_state_is_told_only_after_a_right_password(world: World) -> None:
    world.add_user("disabled")
    world("AdminDisableUser", UserPoolId=world.pool_id, Username="disabled")
    assert world.refusal("InitiateAuth", **world.password_request("disabled", "Wrong-Horse-9!")) == INCORRECT
    refused = world.refusal("InitiateAuth", **world.password_request("disabled", PASSWORD))
    assert refused == ("NotAuthorizedException", "User is disabled.")
    _, proof = world.srp_challenge("disabled", PASSWORD)
    assert world.refusal("RespondToAuthChallenge", **proof) == ("NotAuthorizedException", "User is disabled.")


def test_t073_disabling_bites_at_once(world: World) -> None:
    result = world.sign_in()
    world("AdminDisableUser", UserPoolId=world.pool_id, Username="alice")
    assert world.refusal("GetUser", AccessToken=result["AccessToken"]) == (
        "NotAuthorizedException",
        "User is disabled.",
    )
    refresh: dict[str, Any] = {"ClientId": world.client_id, "RefreshToken": result["RefreshToken"]}
    assert world.refusal("GetTokensFromRefreshToken", **refresh)[0] == "NotAuthorizedException"
    world("AdminEnableUser", UserPoolId=world.pool_id, Username="alice")
    assert world.refusal("GetUser", AccessToken=result["AccessToken"])[1] == "Access Token has been revoked"
