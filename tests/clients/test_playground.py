"""The commands that the playground shows, run as they are by the AWS CLI: they bring back what they were shown of."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from flows.cognito.connection import Connection
from flows.playground.knob import Knob
from flows.playground.knobs import KNOBS
from flows.playground.settings import Values, merged
from flows.playground.state import Place, State
from tests import boto, machine
from tests.clients.operations import AWS
from tests.live import Live
from tests.playground.browser import URL, Form, read

USERS = ("dave", "bob", "frank", "erin")
STATE = ("Enabled", "UserStatus", "UserMFASettingList", "PreferredMfaSetting")


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with Live(tmp_path_factory.mktemp("playground")) as server:
        yield server


class Page:
    """The playground over HTTP."""

    def __init__(self, live: Live) -> None:
        self.live, self.session = live, requests.Session()
        self.html = ""
        self.open()

    def open(self) -> None:
        self.html = self.session.get(f"{self.live.url}{URL}", timeout=20).text

    def command(self, name: str) -> str:
        """From the button that copies it and the page alike."""
        text = "".join(read(self.html).texts[f"cli-{name}"])
        return text[text.index("AWS CLI for") :].partition("\n")[2]

    @property
    def environment(self) -> str:
        """What makes the commands those of this demo, with the keys of config.json."""
        text = "".join(read(self.html).texts["environment"])
        keys = (self.live.config["accessKeyId"], self.live.config["secretAccessKey"])
        return text.replace("…", "{}").format(*keys)

    def send(self, path: str, **values: list[str]) -> None:
        form: Form = read(self.html).forms[URL + path]
        answer = self.session.post(f"{self.live.url}{form.action}", {**form.data, **values}, timeout=20)
        assert answer.status_code == 200
        self.html = answer.text


NOWHERE = Connection(user_pool_id="", client_id="", region="", issuer="", jwks_uri="")
# What Cognito takes for granted where nothing is said; a command says it.
BY_DEFAULT: dict[str, dict[str, Any]] = {
    "client": {
        "AccessTokenValidity": 1,
        "IdTokenValidity": 1,
        "TokenValidityUnits": {"AccessToken": "hours", "IdToken": "hours", "RefreshToken": "days"},
    },
    "mfa": {"WebAuthnConfiguration": {"FactorConfiguration": "SINGLE_FACTOR"}},
}


def settings(live: Live) -> dict[str, Any]:
    """All that the demo's pool and the portal's client are like."""
    ids = live.config["userPoolId"], live.client("every-flow")["clientId"]
    whole = described(boto.over_http(live.config), *ids)
    return {part: merged(BY_DEFAULT.get(part, {}), told) for part, told in whole.items()}


def described(cognito: Any, pool_id: str, client_id: str) -> dict[str, Any]:
    """Everything that Describe and Get operations say of a pool and a client, without when they were changed."""
    whole = {
        "pool": cognito.describe_user_pool(UserPoolId=pool_id)["UserPool"],
        "client": cognito.describe_user_pool_client(UserPoolId=pool_id, ClientId=client_id)["UserPoolClient"],
        "mfa": cognito.get_user_pool_mfa_config(UserPoolId=pool_id),
    }
    ignored = {"LastModifiedDate", "ResponseMetadata"}
    return {part: {name: told[name] for name in told.keys() - ignored} for part, told in whole.items()}


def state(live: Live, name: str) -> list[Any]:
    user = boto.over_http(live.config).admin_get_user(UserPoolId=live.config["userPoolId"], Username=name)
    return [user.get(key) for key in STATE]


def execute(command: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """In a shell that has no variables but these."""
    environment = {
        "PATH": f"{AWS.parent}{os.pathsep}{os.environ['PATH']}",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_PAGER": "",
        "LC_ALL": "C.UTF-8",
    }
    return subprocess.run(
        ["/bin/sh", "-ec", command], cwd=cwd, env=environment | variables, capture_output=True, text=True, check=False
    )


def run(page: Page, command: str, cwd: Path, **variables: str) -> None:
    """After the lines of the page that make it the demo's."""
    done = execute(f"{page.environment}\n{command}", cwd, **variables)
    assert done.returncode == 0, done.stderr


# As unlike the demo as can be.
OWN_POOL: dict[str, Any] = {
    "Policies": {
        "PasswordPolicy": {"MinimumLength": 12, "RequireSymbols": False, "TemporaryPasswordValidityDays": 2},
        "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD"]},
    },
    "AutoVerifiedAttributes": ["email"],
    "EmailConfiguration": {
        "EmailSendingAccount": "DEVELOPER",
        "SourceArn": "arn:aws:ses:eu-west-1:210987654321:identity/own.example",
    },
    "SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::210987654321:role/own", "ExternalId": "own"},
    "AccountRecoverySetting": {
        "RecoveryMechanisms": [
            {"Name": "verified_phone_number", "Priority": 1},
            {"Name": "verified_email", "Priority": 2},
        ]
    },
    "LambdaConfig": {"PreSignUp": "arn:aws:lambda:eu-west-1:210987654321:function:own"},
    "UserPoolTags": {"owner": "me"},
    "DeletionProtection": "ACTIVE",
    "AdminCreateUserConfig": {"AllowAdminCreateUserOnly": True},
}
OWN_MFA: dict[str, Any] = {
    "MfaConfiguration": "OPTIONAL",
    "SoftwareTokenMfaConfiguration": {"Enabled": True},
    "WebAuthnConfiguration": {"RelyingPartyId": "own.example", "UserVerification": "required"},
}
OWN_CLIENT: dict[str, Any] = {
    "ClientName": "own",
    "GenerateSecret": True,
    "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"],
    "CallbackURLs": ["https://own.example/back"],
    "AllowedOAuthFlows": ["code"],
    "AllowedOAuthScopes": ["openid"],
    "AllowedOAuthFlowsUserPoolClient": True,
    "SupportedIdentityProviders": ["COGNITO"],
    "ReadAttributes": ["email"],
    "AuthSessionValidity": 7,
}
OTHERWISE = {
    "flows": {"ExplicitAuthFlows": ["ALLOW_USER_AUTH"]},
    "existence": {"PreventUserExistenceErrors": ["LEGACY"]},
    "session": {"AuthSessionValidity": ["9"]},
    "tokens": {"RefreshTokenValidity": ["3"], "AccessTokenValidity": ["1"]},
    "first-factors": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]},
    "mfa": {"factors": ["SoftwareTokenMfaConfiguration"]},
    "passkeys": {"UserVerification": ["required"], "FactorConfiguration": ["MULTI_FACTOR_WITH_USER_VERIFICATION"]},
    "devices": {"remembered": ["User opt-in"]},
    "triggers": {"LambdaConfig": []},
}


@pytest.fixture(scope="module", autouse=True)
def jq() -> str:
    return machine.jq()


@pytest.mark.parametrize("slug", [knob.slug for knob in KNOBS])
def test_a_shown_command_brings_about_what_it_was_shown_of(live: Live, tmp_path: Path, slug: str) -> None:
    page, before = Page(live), settings(live)
    page.send(f"settings/{slug}/", **OTHERWISE[slug])
    after, command = settings(live), page.command(slug)
    assert after != before
    page.open()
    page.send("back/")
    assert settings(live) == before

    run(page, command, tmp_path)
    assert settings(live) == after
    page.open()
    page.send("back/")


def own_pool(live: Live) -> tuple[dict[str, str], dict[str, Any]]:
    """A pool that is like the demo's in nothing, with a client: the variables that name them, and what they are."""
    cognito = boto.over_http(live.config)
    pool_id = cognito.create_user_pool(PoolName="Own", **OWN_POOL)["UserPool"]["Id"]
    cognito.set_user_pool_mfa_config(UserPoolId=pool_id, **OWN_MFA)
    client_id = cognito.create_user_pool_client(UserPoolId=pool_id, **OWN_CLIENT)["UserPoolClient"]["ClientId"]
    return {"POOL_ID": pool_id, "CLIENT_ID": client_id}, described(cognito, pool_id, client_id)


@pytest.mark.parametrize("slug", [knob.slug for knob in KNOBS])
def test_a_pool_of_ones_own_keeps_all_that_a_command_is_not_about(live: Live, tmp_path: Path, slug: str) -> None:
    """Its sender, functions, password policy, messages, tags, callback URLs: whatever an update forgets by itself."""
    page, (ids, before) = Page(live), own_pool(live)
    names = "\n".join(f"export {name}={value}" for name, value in ids.items())
    run(page, f"{names}\n{page.command(slug)}", tmp_path)
    after = described(boto.over_http(live.config), ids["POOL_ID"], ids["CLIENT_ID"])

    changed = {name for part in before for name in {**before[part], **after[part]} if differ(before, after, part, name)}
    knob = next(knob for knob in KNOBS if knob.slug == slug)
    assert changed <= {*knob.members, "MfaConfiguration", "SmsConfiguration"}
    assert after["pool"]["Policies"]["PasswordPolicy"] == before["pool"]["Policies"]["PasswordPolicy"]
    assert after["pool"]["LambdaConfig"]["PreSignUp"] == before["pool"]["LambdaConfig"]["PreSignUp"]
    assert after["mfa"]["WebAuthnConfiguration"]["RelyingPartyId"] == "own.example"
    assert slug == "mfa" or after["mfa"].keys() == before["mfa"].keys()
    assert chosen(knob, after) == chosen(knob, settings(live))


def test_a_pool_without_second_factors_stays_without(live: Live, tmp_path: Path) -> None:
    page, (ids, _) = Page(live), own_pool(live)
    cognito = boto.over_http(live.config)
    cognito.set_user_pool_mfa_config(UserPoolId=ids["POOL_ID"], MfaConfiguration="OFF")
    before = described(cognito, ids["POOL_ID"], ids["CLIENT_ID"])
    names = "\n".join(f"export {name}={value}" for name, value in ids.items())
    run(page, f"{names}\n{page.command('first-factors')}", tmp_path)
    after = described(cognito, ids["POOL_ID"], ids["CLIENT_ID"])
    assert after["pool"]["Policies"]["SignInPolicy"] != before["pool"]["Policies"]["SignInPolicy"]
    assert (after["mfa"], after["mfa"]["MfaConfiguration"]) == (before["mfa"], "OFF")


# Stands for an AWS that names factors where MFA is off: our pool does not, and nobody has said that AWS does not.
FACTORS_WHEN_OFF = """#!/bin/sh
case "$2" in
get-*) echo '{"MfaConfiguration": "OFF", "EmailMfaConfiguration": {}, "SmsMfaConfiguration": {}}' ;;
set-*) cat cognito-mfa.json > sent.json ;;
esac
"""


def test_passkeys_of_a_pool_without_second_factors_are_set_without_naming_any(live: Live, tmp_path: Path) -> None:
    """Cognito refuses "OFF" beside a factor."""
    (tmp_path / "aws").write_text(FACTORS_WHEN_OFF, "utf-8")
    (tmp_path / "aws").chmod(0o755)
    done = execute(f'export PATH="{tmp_path}:$PATH"\n{Page(live).command("passkeys")}', tmp_path, POOL_ID="any")
    assert done.returncode == 0, done.stderr
    sent = json.loads((tmp_path / "sent.json").read_text("utf-8"))
    assert (sent.keys(), sent["MfaConfiguration"]) == ({"MfaConfiguration", "WebAuthnConfiguration"}, "OFF")


def chosen(knob: Knob, whole: dict[str, dict[str, Any]]) -> list[Values]:
    """What the knob's form would show."""
    parts = {Place.POOL: whole["pool"], Place.CLIENT: whole["client"], Place.MFA: whole["mfa"]}
    state = State(connection=NOWHERE, parts=parts)
    return [setting.where.read(state) for setting in knob.settings]


def differ(before: dict[str, Any], after: dict[str, Any], part: str, name: str) -> bool:
    return bool(before[part].get(name) != after[part].get(name))


@pytest.mark.parametrize(
    ("slug", "unset"),
    [("flows", "POOL_ID"), ("triggers", "VERIFY_ARN"), ("mfa", "SNS_ROLE_ARN"), ("mfa", "EXTERNAL_ID")],
)
def test_a_command_without_one_of_its_variables_changes_nothing(
    live: Live, tmp_path: Path, slug: str, unset: str
) -> None:
    page, before = Page(live), settings(live)
    done = execute(f"{page.environment}\nunset {unset}\n{page.command(slug)}", tmp_path)
    assert "Invalid" in done.stderr
    assert done.returncode != 0
    assert settings(live) == before


def test_commands_keep_text_messages_off(live: Live, tmp_path: Path) -> None:
    page = Page(live)
    page.send("settings/mfa/", factors=["SoftwareTokenMfaConfiguration"])
    before, command = settings(live), page.command("first-factors")
    page.send("settings/first-factors/", AllowedFirstAuthFactors=["PASSWORD"])
    run(page, command, tmp_path)
    assert settings(live) == before
    page.open()
    page.send("back/")


@pytest.mark.parametrize("username", USERS)
def test_the_commands_of_a_user(live: Live, tmp_path: Path, username: str) -> None:
    """Except that a password which is to be reset is first another one: then the code would be refused."""
    page = Page(live)
    before, command = state(live, username), page.command(username)
    page.send(f"users/{username}/enabled/", enabled=["yes"])
    page.send(f"users/{username}/status/", status=["CONFIRMED"])
    page.send(f"users/{username}/factors/", factors=["EMAIL_OTP"], preferred=["EMAIL_OTP"])
    assert state(live, username) == [True, "CONFIRMED", ["EMAIL_OTP"], "EMAIL_OTP"]

    password = next(user["password"] for user in live.config["users"] if user["username"] == username)
    run(page, command, tmp_path, NAME=username, PASSWORD=password)
    assert state(live, username) == before
