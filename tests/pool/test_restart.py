"""What was promised to a client is still true after the server was stopped, or killed in the middle of it."""

from typing import Any

import pytest
import requests

from tests import boto, pools
from tests.live import Live


def keys(live: Live) -> dict[str, Any]:
    return dict(requests.get(live.config["jwksUri"], timeout=10).json())


def test_a_sign_in_outlives_a_restart_and_kill_9(own_live: Live) -> None:
    cognito = boto.over_http(own_live.config)
    pool = pools.create(cognito, endpoint=own_live.config["endpoint"])
    app, user, newcomer = pool.add_app(), pool.add_user(), pool.add_user(temporary=True)
    config, published = dict(own_live.config), keys(own_live)

    def sign_in(user: pools.User) -> Any:
        return cognito.initiate_auth(
            AuthFlow="USER_PASSWORD_AUTH",
            ClientId=app.client_id,
            AuthParameters={"USERNAME": user.username, "PASSWORD": user.password},
        )

    tokens = sign_in(user)["AuthenticationResult"]
    asked = sign_in(newcomer)
    for interrupt in (own_live.stop, own_live.kill9):
        interrupt()
        own_live.start()
        assert requests.get(f"{own_live.url}/demo/config.json", timeout=10).json() == config
        assert keys(own_live) == published
        assert cognito.get_user(AccessToken=tokens["AccessToken"])["Username"] == user.username
        refreshed = cognito.initiate_auth(
            AuthFlow="REFRESH_TOKEN_AUTH",
            ClientId=app.client_id,
            AuthParameters={"REFRESH_TOKEN": tokens["RefreshToken"]},
        )["AuthenticationResult"]
        assert cognito.get_user(AccessToken=refreshed["AccessToken"])["Username"] == user.username

    # A challenge that was open at the time can still be answered: the Session was kept, not remembered.
    answered = cognito.respond_to_auth_challenge(
        ClientId=app.client_id,
        ChallengeName=asked["ChallengeName"],
        Session=asked["Session"],
        ChallengeResponses={"USERNAME": newcomer.username, "NEW_PASSWORD": pools.new_password()},
    )
    assert "AuthenticationResult" in answered


def test_what_was_revoked_stays_revoked_after_kill_9(own_live: Live) -> None:
    """The answer to RevokeToken is a promise: it is kept before it is given."""
    cognito = boto.over_http(own_live.config)
    pool = pools.create(cognito, endpoint=own_live.config["endpoint"])
    app, user = pool.add_app(), pool.add_user()
    tokens = cognito.initiate_auth(
        AuthFlow="USER_PASSWORD_AUTH",
        ClientId=app.client_id,
        AuthParameters={"USERNAME": user.username, "PASSWORD": user.password},
    )["AuthenticationResult"]
    cognito.revoke_token(ClientId=app.client_id, Token=tokens["RefreshToken"])
    own_live.kill9()
    own_live.start()
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match="Access Token has been revoked"):
        cognito.get_user(AccessToken=tokens["AccessToken"])
