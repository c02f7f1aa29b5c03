"""What the tokens say, how long they live and what ends them."""

import base64
import hmac
import json
from typing import Any

import jwt
import pytest
from django.conf import settings

from flows.pool import wire
from tests.pool.conftest import World
from tests.race import race

INVALID = ("NotAuthorizedException", "Invalid Access Token")
REVOKED = ("NotAuthorizedException", "Access Token has been revoked")
REFRESH_REVOKED = ("NotAuthorizedException", "Refresh Token has been revoked")


def claims(token: str) -> dict[str, Any]:
    return jwt.decode(token, options={"verify_signature": False})


def key_set(world: World) -> jwt.PyJWKSet:
    url = f"{settings.POOL_ENDPOINT}/{world.pool_id}/.well-known/jwks.json"
    status, _, body = wire.handle(method="GET", url=url, headers={}, body=b"")
    assert status == 200
    return jwt.PyJWKSet.from_dict(json.loads(body))


def refreshed(world: World, token: str, **members: Any) -> dict[str, Any]:
    request = {"ClientId": world.client_id, "RefreshToken": token} | members
    return world("GetTokensFromRefreshToken", **request)["AuthenticationResult"]


def refused_refresh(world: World, token: str, **members: Any) -> tuple[str, str]:
    return world.refusal("GetTokensFromRefreshToken", ClientId=world.client_id, RefreshToken=token, **members)


def refused_user(world: World, token: str) -> tuple[str, str]:
    return world.refusal("GetUser", AccessToken=token)


def test_result(world: World) -> None:
    result = world.sign_in()
    assert set(result) == {"AccessToken", "ExpiresIn", "IdToken", "RefreshToken", "TokenType"}
    assert (result["ExpiresIn"], result["TokenType"]) == (3600, "Bearer")


def test_id_claims(world: World) -> None:
    world("AdminCreateUser", UserPoolId=world.pool_id, Username="bob", UserAttributes=[
        {"Name": "email", "Value": "bob@example.com"}, {"Name": "email_verified", "Value": "true"},
    ], MessageAction="SUPPRESS")  # fmt: skip
    world.set_password("bob", "Bobs-Horse-9!")
    told = claims(world.sign_in("bob", "Bobs-Horse-9!")["IdToken"])
    now = int(world.clock().timestamp())
    sub = world("AdminGetUser", UserPoolId=world.pool_id, Username="bob")["UserAttributes"][0]["Value"]
    assert {name: told[name] for name in told if name not in {"jti", "origin_jti", "event_id"}} == {
        "sub": sub,
        "email": "bob@example.com",
        "email_verified": True,
        "iss": f"{settings.POOL_ENDPOINT}/{world.pool_id}",
        "aud": world.client_id,
        "cognito:username": "bob",
        "token_use": "id",
        "auth_time": now,
        "iat": now,
        "exp": now + 3600,
    }


def test_access_claims(world: World) -> None:
    told = claims(world.sign_in()["AccessToken"])
    assert told["client_id"] == world.client_id
    assert (told["username"], told["token_use"]) == ("alice", "access")
    assert told["scope"] == "aws.cognito.signin.user.admin"
    assert "aud" not in told
    assert "cognito:groups" not in told


def test_one_event_and_two_tokens(world: World) -> None:
    result = world.sign_in()
    mine, theirs = claims(result["IdToken"]), claims(result["AccessToken"])
    assert mine["event_id"] == theirs["event_id"]
    assert mine["origin_jti"] == theirs["origin_jti"]
    assert mine["jti"] != theirs["jti"]


def test_header_and_keys(world: World) -> None:
    """Two keys: the kid of the two tokens differs; no ``typ``, as on AWS."""
    result, keys = world.sign_in(), key_set(world)
    kids = []
    for token in (result["IdToken"], result["AccessToken"]):
        header = jwt.get_unverified_header(token)
        assert set(header) == {"kid", "alg"}
        assert header["alg"] == "RS256"
        key = keys[header["kid"]]
        assert jwt.decode(token, key, algorithms=["RS256"], options={"verify_aud": False})
        kids.append(header["kid"])
    assert kids[0] != kids[1]
    assert all(len(kid) == 44 and kid.endswith("=") for kid in kids)


def test_refresh_keeps_the_sign_in(world: World) -> None:
    first = world.sign_in()
    world.clock.forward(minutes=30)
    second = refreshed(world, first["RefreshToken"])
    assert "RefreshToken" not in second
    before, after = claims(first["AccessToken"]), claims(second["AccessToken"])
    assert before["auth_time"] == after["auth_time"]
    assert before["origin_jti"] == after["origin_jti"]
    assert after["iat"] == before["iat"] + 1800
    assert before["jti"] != after["jti"]


@pytest.mark.parametrize("flow", ["REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"])
def test_refresh_by_initiate_auth(world: World, flow: str) -> None:
    token = world.sign_in()["RefreshToken"]
    answer = world("InitiateAuth", ClientId=world.client_id, AuthFlow=flow, AuthParameters={"REFRESH_TOKEN": token})
    assert set(answer["AuthenticationResult"]) == {"AccessToken", "ExpiresIn", "IdToken", "TokenType"}


@pytest.mark.parametrize("token", ["nonsense", "a.b.c", "A" * 128])
def test_a_made_up_refresh_token(world: World, token: str) -> None:
    assert refused_refresh(world, token) == ("NotAuthorizedException", "Invalid Refresh Token.")


def test_another_clients_refresh_token(world: World) -> None:
    token = world.sign_in()["RefreshToken"]
    world.client_id = world.add_client()
    assert refused_refresh(world, token) == ("NotAuthorizedException", "Invalid Refresh Token.")


def test_lifetimes_are_the_clients(world: World) -> None:
    world.client_id = world.add_client(
        AccessTokenValidity=10,
        IdTokenValidity=20,
        RefreshTokenValidity=2,
        TokenValidityUnits={"AccessToken": "minutes", "IdToken": "minutes", "RefreshToken": "hours"},
    )
    result = world.sign_in()
    told = claims(result["AccessToken"])
    assert result["ExpiresIn"] == told["exp"] - told["iat"] == 600
    assert claims(result["IdToken"])["exp"] - told["iat"] == 1200
    world.clock.forward(minutes=10)
    assert refused_user(world, result["AccessToken"]) == ("NotAuthorizedException", "Access Token has expired")
    world.clock.forward(hours=2)
    assert refused_refresh(world, result["RefreshToken"]) == ("NotAuthorizedException", "Refresh Token has expired")


def test_t079_rotation(world: World) -> None:
    world.client_id = world.add_client(
        RefreshTokenRotation={"Feature": "ENABLED", "RetryGracePeriodSeconds": 10},
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"],
    )
    first = world.sign_in()
    second = refreshed(world, first["RefreshToken"])
    assert second["RefreshToken"] != first["RefreshToken"]
    world.clock.forward(seconds=10)
    again = refreshed(world, first["RefreshToken"])  # the answer may have been lost: still inside the grace period
    world.clock.forward(seconds=1)
    assert refused_refresh(world, first["RefreshToken"])[0] == "RefreshTokenReuseException"
    for ended in (second, again):  # reuse means that somebody copied it: the whole family ends
        assert refused_refresh(world, ended["RefreshToken"]) == REFRESH_REVOKED
        assert refused_user(world, ended["AccessToken"]) == REVOKED


def test_t079_switching_rotation_off_revives_no_spent_token(world: World) -> None:
    flows = {"ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]}
    world.client_id = world.add_client(RefreshTokenRotation={"Feature": "ENABLED"}, **flows)
    first = world.sign_in()
    second = refreshed(world, first["RefreshToken"])
    world("UpdateUserPoolClient", UserPoolId=world.pool_id, ClientId=world.client_id, **flows)
    assert refused_refresh(world, first["RefreshToken"]) == REFRESH_REVOKED
    assert refreshed(world, second["RefreshToken"])["AccessToken"]


def test_t079_rotation_keeps_the_remaining_life(world: World) -> None:
    world.client_id = world.add_client(
        RefreshTokenRotation={"Feature": "ENABLED"},
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"],
        RefreshTokenValidity=1,
        TokenValidityUnits={"RefreshToken": "days"},
    )
    token = world.sign_in()["RefreshToken"]
    world.clock.forward(hours=23)
    token = refreshed(world, token)["RefreshToken"]
    world.clock.forward(hours=1)
    assert refused_refresh(world, token) == ("NotAuthorizedException", "Refresh Token has expired")


@pytest.mark.django_db(transaction=True)
def test_t079_fifty_refreshes_at_once_stay_one_family(world: World) -> None:
    world.client_id = world.add_client(
        RefreshTokenRotation={"Feature": "ENABLED", "RetryGracePeriodSeconds": 10},
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"],
    )
    first = world.sign_in()
    results = race(50, lambda: refreshed(world, first["RefreshToken"]))
    assert len({claims(result["AccessToken"])["origin_jti"] for result in results if isinstance(result, dict)}) == 1
    assert len({result["RefreshToken"] for result in results if isinstance(result, dict)}) == 50
    world.clock.forward(seconds=11)
    assert refused_refresh(world, first["RefreshToken"])[0] == "RefreshTokenReuseException"
    for result in results:
        assert isinstance(result, dict)
        assert refused_refresh(world, result["RefreshToken"]) == REFRESH_REVOKED


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ending", ["AdminDisableUser", "GlobalSignOut", "RevokeToken"])
def test_t081_no_token_is_born_while_the_others_are_ended(world: World, ending: str) -> None:
    world.client_id = world.add_client(
        RefreshTokenRotation={"Feature": "ENABLED", "RetryGracePeriodSeconds": 60},
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"],
    )
    first = world.sign_in()
    alice = {"UserPoolId": world.pool_id, "Username": "alice"}
    end: dict[str, dict[str, Any]] = {
        "AdminDisableUser": alice,
        "GlobalSignOut": {"AccessToken": first["AccessToken"]},
        "RevokeToken": {"Token": first["RefreshToken"], "ClientId": world.client_id},
    }
    turns = iter(range(20))  # the eleventh ends, the others refresh

    def call() -> dict[str, Any]:
        return world(ending, **end[ending]) if next(turns) == 10 else refreshed(world, first["RefreshToken"])

    results = race(20, call)
    world("AdminEnableUser", **alice)
    for result in results:
        if isinstance(result, dict) and "RefreshToken" in result:
            assert refused_refresh(world, result["RefreshToken"]) == REFRESH_REVOKED


def test_t081_revoking_ends_the_family(world: World) -> None:
    mine, other = world.sign_in(), world.sign_in()
    assert revoke(world, mine["RefreshToken"]) == {}
    assert refused_refresh(world, mine["RefreshToken"]) == REFRESH_REVOKED
    assert refused_user(world, mine["AccessToken"]) == REVOKED
    assert world("GetUser", AccessToken=other["AccessToken"])["Username"] == "alice"


def revoke(world: World, token: str, **members: Any) -> dict[str, Any]:
    answer = world("RevokeToken", Token=token, **{"ClientId": world.client_id} | members)
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}


def test_revoking_twice_or_nothing_is_no_error(world: World) -> None:
    token = world.sign_in()["RefreshToken"]
    assert revoke(world, token) == revoke(world, token) == revoke(world, "unknown") == {}


def test_another_client_cannot_revoke(world: World) -> None:
    result = world.sign_in()
    assert revoke(world, result["RefreshToken"], ClientId=world.add_client()) == {}
    assert world("GetUser", AccessToken=result["AccessToken"])


def test_only_refresh_tokens_are_revoked(world: World) -> None:
    result = world.sign_in()
    for token in (result["AccessToken"], result["IdToken"]):
        refused = world.refusal("RevokeToken", Token=token, ClientId=world.client_id)
        assert refused[0] == "UnsupportedTokenTypeException"


def test_a_client_without_revocation(world: World) -> None:
    world.client_id = world.add_client(EnableTokenRevocation=False)
    result = world.sign_in()
    assert "origin_jti" not in claims(result["AccessToken"])
    refused = world.refusal("RevokeToken", Token=result["RefreshToken"], ClientId=world.client_id)
    assert refused[0] == "UnsupportedOperationException"
    world("GlobalSignOut", AccessToken=result["AccessToken"])  # works all the same
    assert refused_user(world, result["AccessToken"]) == REVOKED


def test_t081_global_sign_out(world: World) -> None:
    mine, other = world.sign_in(), world.sign_in()
    world("GlobalSignOut", AccessToken=mine["AccessToken"])
    for result in (mine, other):
        assert refused_user(world, result["AccessToken"]) == REVOKED
        assert refused_refresh(world, result["RefreshToken"]) == REFRESH_REVOKED
    assert world("GetUser", AccessToken=world.sign_in()["AccessToken"])  # in the same second


def test_an_id_token_is_no_access_token(world: World) -> None:
    assert refused_user(world, world.sign_in()["IdToken"]) == INVALID


def test_t074_altered_and_foreign_tokens(world: World) -> None:
    token = world.sign_in()["AccessToken"]
    header, payload, signature = token.split(".")

    def encoded(part: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()

    content, head = claims(token), jwt.get_unverified_header(token)
    public = key_set(world)[head["kid"]].key
    forged = encoded(content | {"sub": "00000000-0000-4000-8000-000000000000"})
    assert refused_user(world, f"{header}.{forged}.{signature}") == (
        "NotAuthorizedException",
        "Could not verify signature for Access Token",
    )
    by_text = jwt.encode(content, str(public.public_numbers().n)[:64], "HS256", headers={"kid": head["kid"]})
    unsigned = f"{encoded(head | {'alg': 'none'})}.{payload}."
    unknown = f"{encoded(head | {'kid': '../../etc/passwd'})}.{payload}.{signature}"
    other = f"{encoded({'alg': 'RS256'})}.{payload}.{signature}"
    for bad in (by_text, unsigned, unknown, other, "a.b.c", "x"):
        assert refused_user(world, bad) == INVALID


def test_a_pool_knows_only_its_own_tokens(world: World) -> None:
    """The key decides which pool a token belongs to; a user of the same name elsewhere is somebody else."""
    other = World(world.clock)
    other.pool_id = other("CreateUserPool", PoolName="other")["UserPool"]["Id"]
    other.client_id = other.add_client()
    other.add_user("alice", "Other-Horse-9!")
    token = other.sign_in("alice", "Other-Horse-9!")["AccessToken"]
    kids = {key.key_id for key in key_set(world).keys}
    assert jwt.get_unverified_header(token)["kid"] not in kids
    assert world("GetUser", AccessToken=token)["UserAttributes"][0]["Value"] == claims(token)["sub"]


def test_a_secret_client_shows_its_secret_to_refresh_and_to_revoke(world: World) -> None:
    made = world(
        "CreateUserPoolClient",
        UserPoolId=world.pool_id,
        ClientName="confidential",
        GenerateSecret=True,
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"],
    )["UserPoolClient"]
    world.client_id, secret = made["ClientId"], made["ClientSecret"]
    by_name = hmac.digest(secret.encode(), f"alice{world.client_id}".encode(), "sha256")
    token = world.sign_in(parameters={"SECRET_HASH": base64.b64encode(by_name).decode()})["RefreshToken"]
    for wrong in ({}, {"ClientSecret": "x" * 24}):
        assert refused_refresh(world, token, **wrong)[0] == "NotAuthorizedException"
        refused = world.refusal("RevokeToken", Token=token, ClientId=world.client_id, **wrong)
        assert refused[0] == "UnauthorizedException"
    assert refreshed(world, token, ClientSecret=secret)["AccessToken"]
    assert revoke(world, token, ClientSecret=secret) == {}
    assert refused_refresh(world, token, ClientSecret=secret) == REFRESH_REVOKED


def test_revoking_through_no_client(world: World) -> None:
    assert world.refusal("RevokeToken", Token="x", ClientId="nobodys")[0] == "UnauthorizedException"


def test_rotation_leaves_initiate_auth_out(world: World) -> None:
    world.client_id = world.add_client(
        RefreshTokenRotation={"Feature": "ENABLED"}, ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"]
    )
    token = world.sign_in()["RefreshToken"]
    refused = world.refusal(
        "InitiateAuth",
        ClientId=world.client_id,
        AuthFlow="REFRESH_TOKEN_AUTH",
        AuthParameters={"REFRESH_TOKEN": token},
    )
    assert refused == ("InvalidParameterException", "Auth flow not enabled for this client")
