"""What is done before the first visitor comes."""

import pytest
from pytest_django import Settings

from authsite.warm_up import warm_up


@pytest.mark.django_db(transaction=True)
def test_it_never_fails(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.COGNITO_CONNECTION = "flows.cognito.connection.from_settings"
    settings.COGNITO_USER_POOL_ID, settings.COGNITO_CLIENT_ID = "eu-west-1_AbCdEf123", "client"
    warm_up()
    assert not caplog.records
    settings.COGNITO_CLIENT_ID = ""
    warm_up()
    assert "COGNITO_CLIENT_ID" in caplog.text
