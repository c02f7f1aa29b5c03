"""The commands that the playground shows, run as they are by the AWS CLI: they bring back what they were shown of."""

import os
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from flows.playground.knobs import KNOBS
from tests import boto
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

    def send(self, path: str, **values: list[str]) -> None:
        form: Form = read(self.html).forms[URL + path]
        answer = self.session.post(f"{self.live.url}{form.action}", {**form.data, **values}, timeout=20)
        assert answer.status_code == 200
        self.html = answer.text


def settings(live: Live) -> list[Any]:
    """All that Describe and Get operations say of pool and client, without when they were changed."""
    cognito, pool_id = boto.over_http(live.config), live.config["userPoolId"]
    client_id = live.client("every-flow")["clientId"]
    parts: list[Any] = [
        cognito.describe_user_pool(UserPoolId=pool_id)["UserPool"],
        cognito.describe_user_pool_client(UserPoolId=pool_id, ClientId=client_id)["UserPoolClient"],
        cognito.get_user_pool_mfa_config(UserPoolId=pool_id),
    ]
    ignored = ("LastModifiedDate", "ResponseMetadata")
    return [{name: value for name, value in part.items() if name not in ignored} for part in parts]


def state(live: Live, name: str) -> list[Any]:
    user = boto.over_http(live.config).admin_get_user(UserPoolId=live.config["userPoolId"], Username=name)
    return [user.get(key) for key in STATE]


def run(live: Live, command: str, **variables: str) -> None:
    """In a shell, with what the page says about where the demo is."""
    environment = {
        "PATH": f"{AWS.parent}{os.pathsep}{os.environ['PATH']}",
        "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER": live.config["endpoint"],
        "AWS_DEFAULT_REGION": live.config["region"],
        "AWS_ACCESS_KEY_ID": live.config["accessKeyId"],
        "AWS_SECRET_ACCESS_KEY": live.config["secretAccessKey"],
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_PAGER": "",
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        ["/bin/sh", "-ec", command], env=environment | variables, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


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


@pytest.mark.parametrize("slug", [knob.slug for knob in KNOBS])
def test_a_shown_command_brings_about_what_it_was_shown_of(live: Live, slug: str) -> None:
    page = Page(live)
    before, command = settings(live), page.command(slug)
    page.send(f"settings/{slug}/", **OTHERWISE[slug])
    after, other_command = settings(live), page.command(slug)
    assert after != before

    run(live, command)
    assert settings(live) == before
    run(live, other_command)
    assert settings(live) == after
    run(live, command)


def test_commands_keep_text_messages_off(live: Live) -> None:
    page = Page(live)
    page.send("settings/mfa/", factors=["SoftwareTokenMfaConfiguration"])
    before, command = settings(live), page.command("first-factors")
    assert "set-user-pool-mfa-config" in command
    page.send("settings/first-factors/", AllowedFirstAuthFactors=["PASSWORD"])
    run(live, command)
    assert settings(live) == before
    page.open()
    page.send("back/")


@pytest.mark.parametrize("username", USERS)
def test_the_commands_of_a_user(live: Live, username: str) -> None:
    """Except that a password which is to be reset is first another one: then the code would be refused."""
    page = Page(live)
    before, command = state(live, username), page.command(username)
    page.send(f"users/{username}/enabled/", enabled=["yes"])
    page.send(f"users/{username}/status/", status=["CONFIRMED"])
    page.send(f"users/{username}/factors/", factors=["EMAIL_OTP"], preferred=["EMAIL_OTP"])
    assert state(live, username) == [True, "CONFIRMED", ["EMAIL_OTP"], "EMAIL_OTP"]

    password = next(user["password"] for user in live.config["users"] if user["username"] == username)
    run(live, command, PASSWORD=password)
    assert state(live, username) == before
