"""UserPoolTier: what a pool's feature plan does not have."""

from typing import Any

import pytest

from flows.pool.models import AppClient
from tests.pool import mfa
from tests.pool.conftest import World

UNAVAILABLE = "FeatureUnavailableInTierException"
PASSWORDLESS = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}
HISTORY = {"PasswordPolicy": {"MinimumLength": 8, "PasswordHistorySize": 3}}
THREATS = {"AdvancedSecurityMode": "AUDIT"}
PASSKEYS = {"RelyingPartyId": "localhost", "UserVerification": "preferred"}
CHOICE = ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]


def update(world: World, **members: Any) -> None:
    world("UpdateUserPool", UserPoolId=world.pool_id, **members)


def update_refused(world: World, **members: Any) -> str:
    """The code of the refusal; nothing may have changed."""
    before = world("DescribeUserPool", UserPoolId=world.pool_id)["UserPool"]
    code = world.refusal("UpdateUserPool", UserPoolId=world.pool_id, **members)[0]
    assert world("DescribeUserPool", UserPoolId=world.pool_id)["UserPool"] == before
    return code


@pytest.mark.parametrize(
    ("tier", "members"),
    [
        ("LITE", {"Policies": PASSWORDLESS}),
        ("LITE", {"Policies": HISTORY}),
        ("LITE", {"UserPoolAddOns": THREATS}),
        ("ESSENTIALS", {"UserPoolAddOns": THREATS}),
    ],
)
def test_a_pool_with_more_than_its_tier(world: World, tier: str, members: dict[str, Any]) -> None:
    assert world.refusal("CreateUserPool", PoolName="x", UserPoolTier=tier, **members)[0] == UNAVAILABLE
    update(world, UserPoolTier=tier)
    assert update_refused(world, **members) == UNAVAILABLE
    assert world("CreateUserPool", PoolName="x", UserPoolTier="PLUS", **members)["UserPool"]["Id"]


def test_a_lite_pool_signs_in_by_password_and_app(world: World) -> None:
    update(world, UserPoolTier="LITE")
    mfa.require(world, "OPTIONAL", "SOFTWARE_TOKEN_MFA", "SMS_MFA")
    secret = mfa.set_up_app(world, Enabled=True)
    code = mfa.next_code(world, secret)
    assert mfa.respond(world, mfa.begin(world), SOFTWARE_TOKEN_MFA_CODE=code)["AuthenticationResult"]


@pytest.mark.parametrize(
    "members",
    [{"MfaConfiguration": "OPTIONAL", "EmailMfaConfiguration": mfa.EMAIL}, {"WebAuthnConfiguration": PASSKEYS}],
)
def test_second_factors_and_passkeys_of_a_lite_pool(world: World, members: dict[str, Any]) -> None:
    sending = {"EmailSendingAccount": "DEVELOPER", "SourceArn": "arn:aws:ses:us-east-1:0:identity/x"}
    update(world, UserPoolTier="LITE", EmailConfiguration=sending)
    assert world.refusal("SetUserPoolMfaConfig", UserPoolId=world.pool_id, **members)[0] == UNAVAILABLE
    update(world, UserPoolTier="ESSENTIALS", EmailConfiguration=sending)
    world("SetUserPoolMfaConfig", UserPoolId=world.pool_id, **members)


def test_choice_based_sign_in_of_a_lite_pool(world: World) -> None:
    update(world, UserPoolTier="LITE")
    new = {"UserPoolId": world.pool_id, "ClientName": "choice", "ExplicitAuthFlows": CHOICE}
    assert world.refusal("CreateUserPoolClient", **new)[0] == UNAVAILABLE
    changed = {"UserPoolId": world.pool_id, "ClientId": world.client_id, "ExplicitAuthFlows": CHOICE}
    assert world.refusal("UpdateUserPoolClient", **changed)[0] == UNAVAILABLE


@pytest.mark.parametrize(
    ("of", "to", "members"),
    [
        ("ESSENTIALS", "LITE", {"Policies": PASSWORDLESS}),
        ("ESSENTIALS", "LITE", {"Policies": HISTORY}),
        ("PLUS", "ESSENTIALS", {"UserPoolAddOns": THREATS}),
        ("PLUS", "LITE", {"UserPoolAddOns": THREATS}),
    ],
)
def test_no_tier_takes_away_what_is_in_use(world: World, of: str, to: str, members: dict[str, Any]) -> None:
    update(world, UserPoolTier=of, **members)
    assert update_refused(world, UserPoolTier=to, **members) == "TierChangeNotAllowedException"


def test_passkeys_and_clients_are_in_use_too(world: World) -> None:
    world("SetUserPoolMfaConfig", UserPoolId=world.pool_id, WebAuthnConfiguration=PASSKEYS)
    assert update_refused(world, UserPoolTier="LITE") == "TierChangeNotAllowedException"
    world("SetUserPoolMfaConfig", UserPoolId=world.pool_id)
    client_id = world.add_client(ExplicitAuthFlows=CHOICE)
    assert update_refused(world, UserPoolTier="LITE") == "TierChangeNotAllowedException"
    world("DeleteUserPoolClient", UserPoolId=world.pool_id, ClientId=client_id)
    update(world, UserPoolTier="LITE")


def test_a_tier_may_always_rise(world: World) -> None:
    for tier in ("LITE", "ESSENTIALS", "PLUS", "ESSENTIALS"):
        update(world, UserPoolTier=tier)
        assert world("DescribeUserPool", UserPoolId=world.pool_id)["UserPool"]["UserPoolTier"] == tier


def test_user_auth_where_the_tier_fell_while_the_client_was_made(world: World) -> None:
    """Both operations look before they write; a sign-in looks again."""
    update(world, UserPoolTier="LITE")
    AppClient.objects.filter(pk=world.client_id).update(settings={"ExplicitAuthFlows": CHOICE})
    request = {"ClientId": world.client_id, "AuthFlow": "USER_AUTH", "AuthParameters": {"USERNAME": "alice"}}
    assert world.refusal("InitiateAuth", **request)[0] == UNAVAILABLE
