"""What a pool of the Lite feature plan is refused is said beside the lines that somebody takes there."""

from typing import Any

import pytest

from tests.playground.browser import Browser
from tests.playground.conftest import Demo

SAID = "{} ESSENTIALS or PLUS (else FeatureUnavailableInTierException)"
ATTRIBUTE = {"cli": "UserPoolTier", "sam": "UserPoolTier", "terraform": "user_pool_tier"}
SENDER = {"EmailSendingAccount": "DEVELOPER", "SourceArn": "arn:aws:ses:eu-west-1:123456789012:identity/own.example"}
RECOVERY = [{"Name": "verified_phone_number", "Priority": 1}, {"Name": "verified_email", "Priority": 2}]
ASKED: dict[str, tuple[str, dict[str, Any]]] = {
    "flows": ("create_user_pool_client", {"ClientName": "app", "ExplicitAuthFlows": ["ALLOW_USER_AUTH"]}),
    "session": ("create_user_pool_client", {"ClientName": "app", "AuthSessionValidity": 5}),
    "first-factors": (
        "update_user_pool",
        {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}}},
    ),
    "mfa": ("set_user_pool_mfa_config", {"MfaConfiguration": "OPTIONAL", "EmailMfaConfiguration": {}}),
    "passkeys": ("set_user_pool_mfa_config", {"WebAuthnConfiguration": {"RelyingPartyId": "own.example"}}),
    "devices": ("update_user_pool", {"DeviceConfiguration": {"ChallengeRequiredOnNewDevice": True}}),
}


@pytest.mark.parametrize("slug", ASKED)
def test_what_lite_does_not_have_is_said_in_every_language(demo: Demo, slug: str) -> None:
    pool = demo.cognito.create_user_pool(
        PoolName="Lite",
        UserPoolTier="LITE",
        EmailConfiguration=SENDER,
        AccountRecoverySetting={"RecoveryMechanisms": RECOVERY},
    )["UserPool"]
    operation, request = ASKED[slug]
    try:
        getattr(demo.cognito, operation)(UserPoolId=pool["Id"], **request)
        is_refused = False
    except demo.cognito.exceptions.FeatureUnavailableInTierException:
        is_refused = True
    assert is_refused == (slug not in ("session", "devices"))
    browser = Browser()
    for language, attribute in ATTRIBUTE.items():
        assert (SAID.format(attribute) in browser.part(f"{language}-{slug}")) == is_refused
