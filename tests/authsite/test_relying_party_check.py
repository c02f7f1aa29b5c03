"""A relying party that several sites share is warned of (T109)."""

import pytest
from django.core import checks
from pytest_django import Settings

from tests.boto import in_process


def warnings() -> list[str]:
    return [str(each.msg) for each in checks.run_checks(databases=["default"]) if each.id == "authsite.W004"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("site", "relying_party", "warned"),
    [
        ("https://staging.example.com", "example.com", True),
        ("https://a.staging.example.com:8443", "staging.example.com", True),
        ("https://staging.example.com", "staging.example.com", False),
        ("https://notexample.com", "example.com", False),
        ("http://localhost:8000", "localhost", False),
    ],
)
def test_t109_a_relying_party_above_the_site(settings: Settings, site: str, relying_party: str, warned: bool) -> None:
    settings.SITE_URL = site
    cognito = in_process()
    pool_id = cognito.create_user_pool(PoolName="tests")["UserPool"]["Id"]
    assert not warnings()
    cognito.set_user_pool_mfa_config(UserPoolId=pool_id, WebAuthnConfiguration={"RelyingPartyId": relying_party})
    assert [pool_id in each for each in warnings()] == [True] * warned


def test_t109_no_database_is_asked_without_one() -> None:
    assert not [each for each in checks.run_checks() if each.id == "authsite.W004"]
