"""Several changes at the same moment."""

from typing import TYPE_CHECKING

import pytest

from flows.pool.demo import seed
from tests.playground.browser import Browser
from tests.playground.conftest import Demo
from tests.race import race

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient


@pytest.mark.django_db(transaction=True)
def test_changes_at_the_same_moment_all_arrive(cognito: "CognitoIdentityProviderClient") -> None:
    """Each reads all settings of UpdateUserPool and writes all back; the turn keeps them apart."""
    made = seed.install()
    demo = Demo(cognito, made.pool_id, made.main_client_id)
    browsers = [Browser() for _ in range(3)]
    wanted = [
        ("settings/first-factors/", {"AllowedFirstAuthFactors": ["PASSWORD"]}),
        ("settings/devices/", {"remembered": ["Always"]}),
        ("settings/triggers/", {"LambdaConfig": ["UserMigration"]}),
    ]
    left = list(zip(browsers, wanted, strict=True))

    def send() -> int:
        browser, (path, values) = left.pop()
        return browser.send(path, **values).answer.status_code

    assert race(3, send) == [200, 200, 200]
    assert demo.pool["Policies"]["SignInPolicy"]["AllowedFirstAuthFactors"] == ["PASSWORD"]
    assert demo.pool["DeviceConfiguration"]["DeviceOnlyRememberedOnUserPrompt"] is False
    assert set(demo.pool["LambdaConfig"]) == {"UserMigration"}
