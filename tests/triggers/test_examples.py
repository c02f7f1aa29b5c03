"""The smaller triggers: what each changes, and what it leaves alone."""

import json
from typing import Any

import pytest

from flows.triggers.catalog import CATALOG
from tests.triggers.attempt import ANNA, Event, here
from tests.triggers.aws import Aws


def event(source: str, request: dict[str, Any] | None = None, version: str = "1", **attributes: str) -> Event:
    return {
        "version": version,
        "triggerSource": source,
        "region": "eu-west-1",
        "userPoolId": "eu-west-1_Example00",
        "userName": "anna",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": "0example0"},
        "request": {"userAttributes": ANNA | attributes, "clientMetadata": None, **(request or {})},
        "response": {"kept": True},
    }


def test_the_catalogue_names_them_all() -> None:
    assert len(CATALOG) == len(set(CATALOG.values())) == 12
    assert all(path == f"flows.triggers.{name.replace('-', '_')}.handler" for name, path in CATALOG.items())


# -- Signing up and in -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("email", "allowed"),
    [
        ("a@example.com", True),
        ("a@EXAMPLE.org ", True),
        ("a@example.com.", True),
        ("a@sub.example.com", False),
        ("a@evil-example.com", False),
        ("a@example.com@evil.example", False),
        ("example.com", False),
        ("", False),
    ],
)
def test_sign_up_by_domain(monkeypatch: pytest.MonkeyPatch, email: str, *, allowed: bool) -> None:
    signing_up = event("PreSignUp_SignUp", email=email)
    assert here("pre-sign-up", signing_up) == signing_up, "without the setting everybody may"
    monkeypatch.setenv("SIGN_UP_EMAIL_DOMAINS", "example.com, Example.ORG")
    if allowed:
        assert here("pre-sign-up", signing_up) == signing_up
    else:
        with pytest.raises(Exception, match="sign up with an e-mail address of your organisation"):
            here("pre-sign-up", signing_up)
    by_an_administrator = {**signing_up, "triggerSource": "PreSignUp_AdminCreateUser"}
    assert here("pre-sign-up", by_an_administrator) == by_an_administrator


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"SIGN_IN_CLOSED": "We are back at 18:00"}, "We are back at 18:00"),
        ({"BLOCKED_EMAIL_DOMAINS": "x.example, EXAMPLE.com"}, "Incorrect username or password"),
        ({"BLOCKED_SUBS": f"{ANNA['sub']}"}, "Incorrect username or password"),
    ],
)
def test_who_may_not_sign_in(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], words: str) -> None:
    signing_in = event("PreAuthentication_Authentication")
    assert here("pre-authentication", signing_in) == signing_in
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(Exception, match=words):
        here("pre-authentication", signing_in)


def test_nobody_is_not_blocked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BLOCKED_SUBS", "x")
    monkeypatch.setenv("BLOCKED_EMAIL_DOMAINS", "x.example")
    nobody = event("PreAuthentication_Authentication")
    nobody["request"] = {"userAttributes": {}, "userNotFound": True}
    assert here("pre-authentication", nobody) == nobody


def test_a_sign_in_leaves_a_line_without_name_or_address(capfd: pytest.CaptureFixture[str]) -> None:
    signed_in = event("PostAuthentication_Authentication", {"newDeviceUsed": True})
    assert here("post-authentication", signed_in) == signed_in
    line = json.loads(capfd.readouterr().out)
    assert (line["event"], line["sub"], line["newDevice"]) == ("signed in", ANNA["sub"], True)
    assert "anna" not in json.dumps(line)


# -- Confirmed -------------------------------------------------------------------------------------------------
@pytest.fixture
def welcoming(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"MAIL_FROM": "x@site.example", "SITE_NAME": "A & B", "SITE_URL": "https://site.example/?a=1&b=2"}
    for name, value in {"WELCOME": "on", **settings}.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("welcoming")
def test_whoever_confirms_is_welcome(aws: Aws) -> None:
    confirmed = event("PostConfirmation_ConfirmSignUp")
    assert here("post-confirmation", confirmed) == confirmed
    (message,) = aws.emails
    assert message["Destination"]["ToAddresses"] == ["anna@example.com"]
    assert "https://site.example/?a=1&amp;b=2" in message["Content"]["Simple"]["Body"]["Html"]["Data"]


@pytest.mark.usefixtures("welcoming")
def test_no_welcome_for_a_new_password_or_an_address_unproven(aws: Aws) -> None:
    here("post-confirmation", event("PostConfirmation_ConfirmForgotPassword"))
    here("post-confirmation", event("PostConfirmation_ConfirmSignUp", email_verified="false"))
    assert not aws.emails


@pytest.mark.usefixtures("welcoming")
def test_a_welcome_that_cannot_be_sent_undoes_nothing(aws: Aws, capfd: pytest.CaptureFixture[str]) -> None:
    aws.down = True
    confirmed = event("PostConfirmation_ConfirmSignUp")
    assert here("post-confirmation", confirmed) == confirmed
    assert '"welcome not sent"' in capfd.readouterr().out


# -- Tokens ----------------------------------------------------------------------------------------------------
GROUPS = {"groupConfiguration": {"groupsToOverride": ["editors", "staff"]}}


@pytest.fixture
def claims(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOKEN_CLAIMS", "department=custom:department,tier=custom:tier")
    monkeypatch.setenv("TOKEN_GROUPS_CLAIM", "groups")
    monkeypatch.setenv("TOKEN_GROUP_SCOPES", "editors=site/write,admins=site/all")


@pytest.mark.usefixtures("claims")
def test_claims_of_v1_are_strings() -> None:
    answered = here(
        "pre-token-generation", event("TokenGeneration_Authentication", GROUPS, **{"custom:department": "Ink"})
    )
    assert answered["response"] == {
        "kept": True,
        "claimsOverrideDetails": {"claimsToAddOrOverride": {"department": "Ink", "groups": "editors staff"}},
    }


@pytest.mark.usefixtures("claims")
@pytest.mark.parametrize("version", ["2", "3"])
def test_claims_of_later_versions_reach_access_tokens(version: str) -> None:
    answered = here("pre-token-generation", event("TokenGeneration_RefreshTokens", GROUPS, version))
    assert answered["response"]["claimsAndScopeOverrideDetails"] == {
        "idTokenGeneration": {"claimsToAddOrOverride": {"groups": ["editors", "staff"]}},
        "accessTokenGeneration": {
            "claimsToAddOrOverride": {"groups": ["editors", "staff"]},
            "scopesToAdd": ["site/write"],
        },
    }


def test_client_credentials_have_no_user() -> None:
    machine = event("TokenGeneration_ClientCredentials", None, "3")
    machine["request"] = {"scopes": ["site/read"]}
    answered = here("pre-token-generation", machine)
    assert answered["response"]["claimsAndScopeOverrideDetails"]["accessTokenGeneration"]["scopesToAdd"] == []


# -- Messages --------------------------------------------------------------------------------------------------
CODES = {"codeParameter": "{####}", "linkParameter": "{##Click Here##}", "usernameParameter": None}


@pytest.mark.parametrize(
    "source", ["SignUp", "ResendCode", "ForgotPassword", "UpdateUserAttribute", "VerifyUserAttribute", "Authentication"]
)
@pytest.mark.parametrize("site", ["A & <B>", "{code} {####}", "X" * 200])
def test_messages_keep_the_placeholder_once(monkeypatch: pytest.MonkeyPatch, source: str, site: str) -> None:
    monkeypatch.setenv("SITE_NAME", site)
    response = here("custom-message", event(f"CustomMessage_{source}", CODES))["response"]
    assert response["smsMessage"].count("{####}") - site.count("{####}") == 1
    assert response["emailMessage"].count("{####}") - site.count("{####}") == 1
    assert "<B>" not in response["emailMessage"]
    assert len(response["smsMessage"]) <= 140


def test_an_invitation_names_user_and_password() -> None:
    codes = {**CODES, "usernameParameter": "{username}"}
    response = here("custom-message", event("CustomMessage_AdminCreateUser", codes))["response"]
    assert "{username}" in response["emailMessage"]
    assert "{username}" in response["smsMessage"]
    assert "{####}" in response["emailMessage"]


def test_confirming_by_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERIFY_BY_LINK", "on")
    assert (
        "{##Click Here##}" in here("custom-message", event("CustomMessage_SignUp", CODES))["response"]["emailMessage"]
    )


def test_a_message_that_is_not_known_stays_the_pools() -> None:
    unknown = event("CustomMessage_SomethingNew", CODES)
    assert here("custom-message", unknown) == unknown
