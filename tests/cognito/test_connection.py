"""Where a real pool is, from its id; and the client that talks to it."""

import pytest
from pytest_django import Settings

from flows.cognito import connection
from flows.cognito.client import client_for
from flows.cognito.errors import NO_POOL, CognitoError


@pytest.fixture
def real(settings: Settings) -> Settings:
    settings.COGNITO_CONNECTION, settings.COGNITO_TRANSPORT = "flows.cognito.connection.from_settings", ""
    settings.COGNITO_USER_POOL_ID, settings.COGNITO_CLIENT_ID = "eu-west-1_AbCdEf123", "client"
    settings.COGNITO_CLIENT_SECRET = settings.COGNITO_ENDPOINT_URL = ""
    return settings


def test_region_issuer_and_keys_follow_from_the_pool_id(real: Settings) -> None:
    now = connection.current()
    assert (now.region, now.pool_name, now.endpoint_url, now.client_secret) == ("eu-west-1", "AbCdEf123", None, None)
    assert now.issuer == "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123"
    assert now.jwks_uri == f"{now.issuer}/.well-known/jwks.json"


def test_china_has_another_domain(real: Settings) -> None:
    real.COGNITO_USER_POOL_ID = "cn-north-1_AbCdEf123"
    assert connection.current().issuer.startswith("https://cognito-idp.cn-north-1.amazonaws.com.cn/")


def test_another_emulator(real: Settings) -> None:
    real.COGNITO_ENDPOINT_URL = "http://localhost:9229/"
    assert connection.current().endpoint_url == "http://localhost:9229"
    assert connection.current().issuer == "http://localhost:9229/eu-west-1_AbCdEf123"


def test_a_missing_setting_is_named(real: Settings) -> None:
    real.COGNITO_CLIENT_ID = ""
    with pytest.raises(CognitoError) as refused:
        connection.current()
    assert refused.value.code == NO_POOL
    assert "COGNITO_CLIENT_ID" in refused.value.message


def test_t154_secrets_are_not_in_repr(real: Settings) -> None:
    real.COGNITO_CLIENT_SECRET = "canary-secret"
    assert "canary" not in repr(connection.current())


def test_t140_the_client_waits_five_seconds_and_tries_once(real: Settings) -> None:
    client = client_for(connection.current(), signed=False)
    config = client.meta.config
    assert (config.connect_timeout, config.read_timeout) == (2, 5)
    assert config.retries["total_max_attempts"] == 1
    assert client is client_for(connection.current(), signed=False)
    assert client.meta.endpoint_url == "https://cognito-idp.eu-west-1.amazonaws.com"
