"""Every client signs in, is refused, changes a temporary password, refreshes and signs out."""

from typing import Any
from uuid import uuid4

import jwt
import pytest

from tests import pools
from tests.clients.client import DONE, NEW_PASSWORD_REQUIRED, Client, Refused
from tests.clients.conftest import PASSWORD, SRP, Case, StartClient
from tests.live import Live
from tests.pools import App, Pool

WRONG = ("NotAuthorizedException", "Incorrect username or password.")


def claims(pool: Pool, token: str, *, audience: str | None = None) -> dict[str, Any]:
    """The claims of ``token``, verified with the keys that the pool publishes."""
    key = jwt.PyJWKClient(f"{pool.issuer}/.well-known/jwks.json").get_signing_key_from_jwt(token)
    return jwt.decode(token, key, algorithms=["RS256"], issuer=pool.issuer, audience=audience)


def test_signs_in(case: Case, client: Client, pool: Pool) -> None:
    user = pool.add_user()
    assert client.sign_in(user.username, user.password, flow=case.flow) == DONE
    tokens = client.tokens()
    id_claims = claims(pool, tokens.id, audience=client.app.client_id)
    access_claims = claims(pool, tokens.access)
    assert (id_claims["token_use"], access_claims["token_use"]) == ("id", "access")
    assert id_claims["cognito:username"] == access_claims["username"] == user.username
    assert access_claims["client_id"] == client.app.client_id
    assert client.attributes()["email"] == id_claims["email"] == user.email


def test_is_refused_with_a_wrong_password(case: Case, client: Client, pool: Pool) -> None:
    user = pool.add_user()
    with pytest.raises(Refused) as refused:
        client.sign_in(user.username, user.password + "x", flow=case.flow)
    assert (refused.value.code, refused.value.message) == WRONG
    assert client.sign_in(user.username, user.password, flow=case.flow) == DONE


def test_cannot_tell_an_unknown_user_from_a_wrong_password(case: Case, client: Client) -> None:
    with pytest.raises(Refused) as refused:
        client.sign_in(f"nobody-{uuid4()}", pools.new_password(), flow=case.flow)
    assert (refused.value.code, refused.value.message) == WRONG


@pytest.mark.needs_new_password
def test_replaces_a_temporary_password(case: Case, client: Client, pool: Pool, start: StartClient) -> None:
    user = pool.add_user(temporary=True)
    chosen = pools.new_password()
    assert client.sign_in(user.username, user.password, flow=case.flow) == NEW_PASSWORD_REQUIRED
    assert client.answer_new_password(chosen) == DONE
    assert client.attributes()["email"] == user.email

    later = start(case.name, client.app)
    with pytest.raises(Refused) as refused:
        later.sign_in(user.username, user.password, flow=case.flow)
    assert (refused.value.code, refused.value.message) == WRONG
    assert later.sign_in(user.username, chosen, flow=case.flow) == DONE


@pytest.mark.needs_new_password
def test_is_told_why_a_new_password_is_refused(case: Case, client: Client, pool: Pool) -> None:
    user = pool.add_user(temporary=True)
    assert client.sign_in(user.username, user.password, flow=case.flow) == NEW_PASSWORD_REQUIRED
    with pytest.raises(Refused) as refused:
        client.answer_new_password("short")
    assert refused.value.code == "InvalidPasswordException"
    assert refused.value.message.startswith("Password did not conform with policy: ")


def test_refreshes(case: Case, client: Client, pool: Pool) -> None:
    user = pool.add_user()
    client.sign_in(user.username, user.password, flow=case.flow)
    first = client.tokens()
    client.refresh()
    second = client.tokens()
    assert second.access != first.access
    assert second.id != first.id
    before, after = claims(pool, first.access), claims(pool, second.access)
    assert {name: before[name] for name in ("sub", "auth_time", "origin_jti")} == {
        name: after[name] for name in ("sub", "auth_time", "origin_jti")
    }
    assert client.attributes()["email"] == user.email


def test_signs_out(case: Case, client: Client, pool: Pool, start: StartClient) -> None:
    """RevokeToken ends one sign-in, not another of the same user."""
    user = pool.add_user()
    client.sign_in(user.username, user.password, flow=case.flow)
    elsewhere = start(case.name, client.app)
    elsewhere.sign_in(user.username, user.password, flow=case.flow)
    tokens = client.tokens()
    client.sign_out()

    refusal = pool.cognito.exceptions.NotAuthorizedException
    with pytest.raises(refusal, match="Access Token has been revoked"):
        pool.cognito.get_user(AccessToken=tokens.access)
    secret = {"ClientSecret": client.app.client_secret} if client.app.client_secret else {}
    with pytest.raises(refusal, match="Refresh Token has been revoked"):
        pool.cognito.get_tokens_from_refresh_token(RefreshToken=tokens.refresh, ClientId=client.app.client_id, **secret)
    assert elsewhere.attributes()["email"] == user.email


def test_signs_out_everywhere(case: Case, client: Client, pool: Pool, start: StartClient) -> None:
    user = pool.add_user()
    client.sign_in(user.username, user.password, flow=case.flow)
    elsewhere = start(case.name, client.app)
    elsewhere.sign_in(user.username, user.password, flow=case.flow)
    client.sign_out_everywhere()

    for ended in (elsewhere.attributes, elsewhere.refresh):
        with pytest.raises(Refused) as refused:
            ended()
        assert refused.value.code == "NotAuthorizedException"
        assert refused.value.message in {"Access Token has been revoked", "Refresh Token has been revoked"}


def test_needs_the_secret_of_a_client_that_has_one(
    name: str, apps: dict[bool, App], pool: Pool, start: StartClient
) -> None:
    user = pool.add_user()
    client_id = apps[True].client_id
    client = start(name, App(client_id=client_id, client_secret=None))
    with pytest.raises(Refused) as refused:
        client.sign_in(user.username, user.password, flow=SRP)
    assert refused.value.code == "NotAuthorizedException"
    assert refused.value.message == f"Client {client_id} is configured with secret but SECRET_HASH was not received"


@pytest.mark.parametrize("vendor", ["amplify", "identity-js", "boto3", "aws-cli"])
def test_may_not_use_a_flow_that_the_client_does_not_allow(vendor: str, pool: Pool, start: StartClient) -> None:
    user = pool.add_user()
    client = start(vendor, pool.add_app(flows=("ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH")))
    with pytest.raises(Refused) as refused:
        client.sign_in(user.username, user.password, flow=PASSWORD)
    assert refused.value.code == "InvalidParameterException"
    assert refused.value.message == "USER_PASSWORD_AUTH flow not enabled for this client"
    assert client.sign_in(user.username, user.password, flow=SRP) == DONE


def test_needs_nothing_but_the_demo_config(name: str, live: Live, start: StartClient) -> None:
    """What README tells a newcomer: take the first user and a public client from /demo/config.json and sign in."""
    config = live.config
    demo = Pool(cognito=None, pool_id=config["userPoolId"], endpoint=config["endpoint"])  # type: ignore[arg-type]
    public = next(client for client in config["clients"] if client["clientSecret"] is None)
    app = App(client_id=public["clientId"], client_secret=None)
    user = config["users"][0]
    client = start(name, app, pool=demo)
    assert client.sign_in(user["username"], user["password"], flow=SRP) == DONE
    assert config["issuer"] == demo.issuer
    assert claims(demo, client.tokens().id, audience=app.client_id)["cognito:username"]
