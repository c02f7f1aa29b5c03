"""Each knob: set on the page, boto3 says so; and what the page says to that."""

from collections.abc import Callable
from typing import Any

import pytest

from flows.playground.knobs import KNOBS
from tests import boto
from tests.playground.browser import Browser
from tests.playground.conftest import Demo

Look = Callable[[Demo], Any]
FIRST = "AllowedFirstAuthFactors"
SMS, APP, EMAIL = "SmsMfaConfiguration", "SoftwareTokenMfaConfiguration", "EmailMfaConfiguration"
REMEMBER = {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": True}

# slug, what is put into the form, where it is seen, what is seen there, what the page says
CASES: list[tuple[str, dict[str, list[str]], Look, Any, str]] = [
    (
        "flows",
        {"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"]},
        lambda demo: demo.client["ExplicitAuthFlows"],
        ["ALLOW_USER_SRP_AUTH"],
        "ALLOW_USER_AUTH is off: this app client can no longer begin that flow.",
    ),
    (
        "existence",
        {"PreventUserExistenceErrors": ["LEGACY"]},
        lambda demo: demo.client["PreventUserExistenceErrors"],
        "LEGACY",
        "LEGACY: UserNotFoundException tells who has no account here.",
    ),
    (
        "session",
        {"AuthSessionValidity": ["15"]},
        lambda demo: demo.client["AuthSessionValidity"],
        15,
        "AuthSessionValidity is 15 minutes now.",
    ),
    (
        "tokens",
        {"AccessTokenValidity": ["5"], "AccessTokenValidity-unit": ["minutes"]},
        lambda demo: (demo.client["AccessTokenValidity"], demo.client["TokenValidityUnits"]),
        (5, {"AccessToken": "minutes"}),
        "AccessTokenValidity is 5 minutes now.",
    ),
    (
        "first-factors",
        {FIRST: ["PASSWORD", "WEB_AUTHN"]},
        lambda demo: demo.pool["Policies"]["SignInPolicy"][FIRST],
        ["PASSWORD", "WEB_AUTHN"],
        "EMAIL_OTP can no longer be the first factor.",
    ),
    (
        "mfa",
        {"factors": [APP], "MfaConfiguration": ["OPTIONAL"]},
        lambda demo: {name for name in demo.mfa if name in {SMS, APP, EMAIL}},
        {APP},
        "EmailMfaConfiguration is gone: this second factor cannot be used any more.",
    ),
    (
        "mfa",
        {"MfaConfiguration": ["OFF"]},
        lambda demo: (demo.mfa["MfaConfiguration"], APP in demo.mfa),
        ("OFF", False),
        "OFF: Nobody is asked for a second factor, and none can be set up.",
    ),
    (
        "passkeys",
        {"FactorConfiguration": ["MULTI_FACTOR_WITH_USER_VERIFICATION"], "UserVerification": ["required"]},
        lambda demo: demo.mfa["WebAuthnConfiguration"],
        {
            "RelyingPartyId": "localhost",
            "UserVerification": "required",
            "FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION",
        },
        "required: An authenticator that cannot verify the person is refused.",
    ),
    (
        "devices",
        {"remembered": ["User opt-in"], "ChallengeRequiredOnNewDevice": ["ChallengeRequiredOnNewDevice"]},
        lambda demo: demo.pool["DeviceConfiguration"],
        REMEMBER,
        "User opt-in: A device is remembered when the person says so.",
    ),
    (
        "triggers",
        {"LambdaConfig": ["UserMigration"]},
        lambda demo: set(demo.pool["LambdaConfig"]),
        {"UserMigration"},
        "DefineAuthChallenge is called no more.",
    ),
    (
        "triggers",
        {"LambdaConfig": []},
        lambda demo: demo.pool["LambdaConfig"],
        {},
        "UserMigration is called no more.",
    ),
]


def test_every_knob_has_a_case() -> None:
    assert {case[0] for case in CASES} == {knob.slug for knob in KNOBS}


@pytest.mark.parametrize(
    ("slug", "values", "look", "expected", "said"), CASES, ids=[f"{case[0]}-{case[4][:40]}" for case in CASES]
)
def test_what_is_set_on_the_page_is_set_in_the_pool_and_nothing_else(
    browser: Browser, demo: Demo, slug: str, values: dict[str, list[str]], look: Look, expected: Any, said: str
) -> None:
    before = demo.settings
    browser.send(f"settings/{slug}/", **values)

    assert browser.answer.status_code == 200
    assert look(demo) == expected
    assert said in browser.part(f"form-{slug}")
    changed = [
        name
        for old, new in zip(before, demo.settings, strict=True)
        for name in {**old, **new}
        if old.get(name) != new.get(name)
    ]
    members = {*next(knob for knob in KNOBS if knob.slug == slug).members, "MfaConfiguration"}
    assert changed
    assert set(changed) <= members

    shown = browser.open().form(f"settings/{slug}/").data
    assert {name: shown.get(name, []) for name in values} == values


def test_what_somebody_sets_by_the_api_is_on_the_page_at_once(browser: Browser, demo: Demo) -> None:
    demo.cognito.update_user_pool_client(
        UserPoolId=demo.pool_id, ClientId=demo.client_id, ExplicitAuthFlows=["ADMIN_NO_SRP_AUTH"], AuthSessionValidity=7
    )
    page = browser.open()
    assert page.form("settings/session/").data["AuthSessionValidity"] == ["7"]
    assert page.form("settings/flows/").data["ExplicitAuthFlows"] == ["ADMIN_NO_SRP_AUTH"]
    assert "7 minutes" in page.part("now-session")


def test_a_change_that_is_none_says_so(browser: Browser, demo: Demo) -> None:
    before = demo.pool["LastModifiedDate"]
    browser.send("settings/first-factors/")
    assert "It was so already" in browser.part("form-first-factors")
    assert demo.pool["LastModifiedDate"] == before


def test_one_knob_tells_what_another_makes_of_it(browser: Browser, demo: Demo) -> None:
    browser.send("settings/flows/", ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"])
    assert "does not allow USER_AUTH" in browser.part("now-first-factors")
    assert "does not allow CUSTOM_AUTH" in browser.part("now-triggers")


def test_without_leave_for_it_only_refresh_token_auth_is_refused(browser: Browser, demo: Demo) -> None:
    browser.send("settings/flows/", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"])
    assert "REFRESH_TOKEN_AUTH is refused; GetTokensFromRefreshToken renews" in browser.part("now-flows")

    unsigned = boto.in_process(signed=False)
    proof = {"USERNAME": "alice", "PASSWORD": demo.password("alice")}
    signed_in = unsigned.initiate_auth(ClientId=demo.client_id, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=proof)
    token = signed_in["AuthenticationResult"]["RefreshToken"]
    with pytest.raises(unsigned.exceptions.InvalidParameterException):
        unsigned.initiate_auth(
            ClientId=demo.client_id, AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters={"REFRESH_TOKEN": token}
        )
    renewed = unsigned.get_tokens_from_refresh_token(ClientId=demo.client_id, RefreshToken=token)
    assert renewed["AuthenticationResult"]["AccessToken"]


def test_functions_that_are_none_of_the_demo_stay(browser: Browser, demo: Demo) -> None:
    own = "arn:aws:lambda:us-east-1:123456789012:function:own"
    config = {**demo.pool["LambdaConfig"], "PreSignUp": own, "DefineAuthChallenge": own}
    policies = {"SignInPolicy": demo.pool["Policies"]["SignInPolicy"]}
    demo.cognito.update_user_pool(
        UserPoolId=demo.pool_id,
        Policies=policies,
        LambdaConfig=config,
        EmailConfiguration=demo.pool["EmailConfiguration"],
    )
    browser.open().send("settings/triggers/", LambdaConfig=["DefineAuthChallenge"])
    assert demo.pool["LambdaConfig"] == {"PreSignUp": own, "DefineAuthChallenge": own}


def test_text_messages_stay_off_when_the_pool_is_changed(browser: Browser, demo: Demo) -> None:
    """UpdateUserPool turns them on by itself in a pool that knows how to send them."""
    browser.send("settings/mfa/", factors=[APP])
    browser.open().send("settings/first-factors/", AllowedFirstAuthFactors=["PASSWORD"])
    assert demo.pool["Policies"]["SignInPolicy"][FIRST] == ["PASSWORD"]
    assert SMS not in demo.mfa

    browser.open().send("settings/mfa/", factors=[APP, SMS])
    assert demo.mfa[SMS]["SmsConfiguration"]["ExternalId"] == "demo"


def test_text_messages_come_back_to_a_pool_that_forgot_how_to_send_them(browser: Browser, demo: Demo) -> None:
    browser.send("settings/mfa/", MfaConfiguration=["OFF"])
    demo.cognito.update_user_pool(UserPoolId=demo.pool_id, EmailConfiguration=demo.pool["EmailConfiguration"])
    assert "SmsConfiguration" not in demo.pool

    browser.open().send("settings/mfa/", factors=[SMS], MfaConfiguration=["OPTIONAL"])
    assert demo.mfa[SMS]["SmsConfiguration"]["ExternalId"] == "demo"


# -- Two tabs ------------------------------------------------------------------------------------------------------
def test_two_tabs_do_not_lose_each_others_changes(browser: Browser, demo: Demo) -> None:
    """The older page still has SMS_OTP ticked, which the other tab took away; only what is changed on it counts."""
    first, second = browser.form("settings/first-factors/"), browser.form("settings/first-factors/")
    browser.send_form(first, AllowedFirstAuthFactors=["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"])
    browser.send_form(second, AllowedFirstAuthFactors=["PASSWORD", "EMAIL_OTP", "SMS_OTP"])
    assert demo.pool["Policies"]["SignInPolicy"][FIRST] == ["PASSWORD", "EMAIL_OTP"]

    old = browser.open().form("settings/passkeys/")
    browser.send("settings/passkeys/", UserVerification=["required"])
    browser.send_form(old, FactorConfiguration=["MULTI_FACTOR_WITH_USER_VERIFICATION"])
    assert demo.mfa["WebAuthnConfiguration"]["UserVerification"] == "required"
