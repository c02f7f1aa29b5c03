"""The demo: made once, made for this machine, shown to this machine only."""

import html
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from flows.pool.delivery import outbox
from flows.pool.demo import seed
from flows.pool.models import Demo, OutboxMessage, PoolUser, UserPool
from flows.pool.proofs.passwords import require_policy
from flows.pool.tools import Message
from tests import boto, environment
from tests.race import race

PASSWORD = "Secret-Word-1!"
PAGES = ["/demo/config.json", "/demo/outbox.json", "/demo/outbox/"]


@pytest.fixture
def demo(db: None) -> Demo:
    return seed.install()


@pytest.fixture
def browser() -> Client:
    return Client(headers={"host": "localhost:8000"})


def invite(pool_id: str, name: str = "zoe") -> None:
    text = f"Your username is {name} and temporary password is {PASSWORD}."
    message = Message(
        medium="email",
        destination=f"{name}@example.com",
        username=name,
        purpose="AdminCreateUser",
        text=text,
        code=PASSWORD,
    )
    outbox.keep(pool_id, message)


# -- Made --------------------------------------------------------------------------------------------------------
def test_t036_a_fresh_installation_has_no_users(db: None) -> None:
    assert not UserPool.objects.exists()
    assert not PoolUser.objects.exists()
    with pytest.raises(ImproperlyConfigured, match=r"manage\.py demo"):
        seed.connection()


def test_it_is_made_once(demo: Demo) -> None:
    config = seed.config()
    assert seed.install().pool_id == demo.pool_id
    assert seed.config() == config
    assert UserPool.objects.count() == 1


def test_it_is_made_like_every_other_pool(demo: Demo) -> None:
    described = boto.in_process().describe_user_pool(UserPoolId=demo.pool_id)["UserPool"]
    assert described["Name"] == "Demo"
    assert described["AliasAttributes"] == ["email"]


def test_passwords_are_made_for_this_machine_and_keep_the_policy(demo: Demo) -> None:
    first = {user["username"]: user["password"] for user in seed.config()["users"]}
    for password in first.values():
        require_policy(demo.pool, password)
    assert len(set(first.values())) == len(first)
    seed.reset()
    second = {user["username"]: user["password"] for user in seed.config()["users"]}
    assert first.keys() == second.keys()
    assert not set(first.values()) & set(second.values())


def test_t016_no_password_is_in_the_database_in_clear(demo: Demo) -> None:
    row = Demo.objects.values().get()
    assert all(user["password"].encode() not in bytes(row["sealed_cast"]) for user in seed.config()["users"])


# -- Who plays ---------------------------------------------------------------------------------------------------
def sign_in(name: str, client: str = "every-flow") -> dict[str, Any]:
    config = seed.config()
    app = next(app for app in config["clients"] if app["name"] == client)
    user = next(user for user in config["users"] if user["username"] == name)
    return boto.in_process(signed=False).initiate_auth(
        ClientId=app["clientId"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": name, "PASSWORD": user["password"]},
    )


def test_the_first_user_signs_in_with_a_password_and_nothing_more(demo: Demo) -> None:
    assert seed.config()["users"][0]["username"] == "alice"
    assert "AuthenticationResult" in sign_in("alice")


def test_bob_must_choose_a_new_password(demo: Demo) -> None:
    assert sign_in("bob")["ChallengeName"] == "NEW_PASSWORD_REQUIRED"


def test_carol_is_in_admins(demo: Demo) -> None:
    assert [group.name for group in PoolUser.objects.get(username="carol").groups.all()] == ["admins"]


@pytest.mark.parametrize(
    ("name", "refusal"), [("dave", "NotAuthorizedException"), ("erin", "PasswordResetRequiredException")]
)
def test_dave_and_erin_are_refused(demo: Demo, name: str, refusal: str) -> None:
    with pytest.raises(Exception, match=refusal):
        sign_in(name)


def test_a_client_for_every_flow_and_one_with_a_secret(demo: Demo) -> None:
    apps = {app["name"]: app for app in seed.config()["clients"]}
    assert apps["every-flow"]["clientSecret"] is None
    assert {
        "ALLOW_USER_SRP_AUTH",
        "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_ADMIN_USER_PASSWORD_AUTH",
        "ALLOW_CUSTOM_AUTH",
        "ALLOW_USER_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
    } == set(apps["every-flow"]["explicitAuthFlows"])
    assert len(apps["with-secret"]["clientSecret"]) == 51
    assert "ALLOW_USER_PASSWORD_AUTH" not in apps["srp-only"]["explicitAuthFlows"]


# -- Connection --------------------------------------------------------------------------------------------------
def test_connection(demo: Demo, settings: Settings) -> None:
    issuer = f"{settings.POOL_ENDPOINT}/{demo.pool_id}"
    assert seed.connection() == {
        "user_pool_id": demo.pool_id,
        "client_id": demo.main_client_id,
        "client_secret": None,
        "region": settings.POOL_REGION,
        "endpoint_url": settings.POOL_ENDPOINT,
        "issuer": issuer,
        "jwks_uri": f"{issuer}/.well-known/jwks.json",
        "aws_access_key_id": settings.POOL_ACCESS_KEY_ID,
        "aws_secret_access_key": settings.POOL_SECRET_ACCESS_KEY,
    }


def test_a_reset_is_noticed_at_once(demo: Demo) -> None:
    before = seed.connection()
    seed.reset()
    after = seed.connection()
    assert before["user_pool_id"] != after["user_pool_id"]
    assert not UserPool.objects.filter(pk=before["user_pool_id"]).exists()


def test_a_reset_empties_the_outbox_and_leaves_other_pools(demo: Demo) -> None:
    other = boto.in_process().create_user_pool(PoolName="mine")["UserPool"]["Id"]
    invite(demo.pool_id)
    seed.reset()
    assert not OutboxMessage.objects.exists()
    assert UserPool.objects.filter(pk=other).exists()


@pytest.mark.django_db(transaction=True)
def test_many_that_make_it_at_once_agree() -> None:
    assert len({demo.pool_id for demo in race(4, seed.install)}) == 1  # type: ignore[union-attr]
    assert UserPool.objects.count() == 1


def test_two_processes_that_start_at_once_make_one_demo(tmp_path: Path) -> None:
    variables = environment.bare() | {"DEMO": "1", "DATA_DIR": str(tmp_path)}
    variables.pop("DATABASE_URL", None)

    def start(*arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments, "--skip-checks"],
            cwd=environment.ROOT,
            env=variables,
            stdout=subprocess.PIPE,
            text=True,
        )

    start("migrate", "-v0").communicate()
    racers = [start("demo", "--info") for _ in range(3)]
    outputs = [racer.communicate()[0] for racer in racers]
    assert [racer.returncode for racer in racers] == [0, 0, 0]
    assert len(set(outputs)) == 1
    assert json.loads(outputs[0])["users"][0]["username"] == "alice"


# -- manage.py demo ----------------------------------------------------------------------------------------------
def command(*arguments: str) -> str:
    out = io.StringIO()
    call_command("demo", *arguments, stdout=out, no_color=True)
    return out.getvalue()


def test_the_command_tells_people_where_to_go(db: None, settings: Settings) -> None:
    told = command()
    alice = seed.config()["users"][0]
    assert f"{settings.SITE_URL}/" in told
    assert alice["username"] in told
    assert alice["password"] in told


def test_info_is_the_config(db: None) -> None:
    assert json.loads(command("--info")) == seed.config()


def test_the_command_resets(demo: Demo) -> None:
    command("--reset")
    assert seed.get().pool_id != demo.pool_id


def test_a_database_without_tables_is_told_in_words(tmp_path: Path) -> None:
    variables = environment.bare() | {"DEMO": "1", "DATA_DIR": str(tmp_path)}
    variables.pop("DATABASE_URL", None)
    run = subprocess.run(
        [sys.executable, "manage.py", "demo"],
        cwd=environment.ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert "manage.py migrate" in run.stderr
    assert "Traceback" not in run.stderr


# -- What is shown -----------------------------------------------------------------------------------------------
def test_config_json(demo: Demo, browser: Client, settings: Settings) -> None:
    answer = browser.get("/demo/config.json")
    config = answer.json()
    assert answer.headers["Content-Type"] == "application/json"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert set(config) == {
        *("endpoint", "region", "userPoolId", "issuer", "jwksUri", "accessKeyId", "secretAccessKey", "outboxUrl"),
        *("clients", "users"),
    }
    assert not config["endpoint"].endswith("/")
    assert config["issuer"] == f"{config['endpoint']}/{config['userPoolId']}"
    assert config["outboxUrl"] == f"{settings.SITE_URL}/demo/outbox.json"
    assert {frozenset(user) for user in config["users"]} == {frozenset({"username", "password", "about"})}
    assert {frozenset(app) for app in config["clients"]} == {
        frozenset({"name", "clientId", "clientSecret", "explicitAuthFlows"})
    }


def test_outbox_json_oldest_first(demo: Demo, browser: Client) -> None:
    invite(demo.pool_id, "first")
    invite(demo.pool_id, "second")
    messages = browser.get("/demo/outbox.json").json()
    assert [message["username"] for message in messages] == ["first", "second"]
    assert set(messages[0]) == {"id", "at", "medium", "destination", "username", "code", "purpose", "text"}
    assert messages[0]["destination"] == "first@example.com"
    assert messages[0]["code"] == PASSWORD


def test_t046_a_dump_of_the_outbox_holds_no_code(demo: Demo) -> None:
    invite(demo.pool_id)
    row = OutboxMessage.objects.get()
    assert PASSWORD.encode() not in bytes(row.sealed_content)
    assert b"example.com" not in bytes(row.sealed_content)


def test_the_outbox_does_not_grow_for_ever(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "KEPT", 3)
    for number in range(5):
        invite(demo.pool_id, f"user{number}")
    assert [message["username"] for message in outbox.messages()] == ["user2", "user3", "user4"]


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "\u202eevil"])
def test_t119_the_outbox_page_shows_text_as_text(demo: Demo, browser: Client, name: str) -> None:
    invite(demo.pool_id, name)
    page = browser.get("/demo/outbox/").content.decode()
    assert "<script>alert" not in page
    assert "<bdi>" in page


def test_an_empty_outbox_says_so(demo: Demo, browser: Client) -> None:
    assert "Nothing has been sent yet" in browser.get("/demo/outbox/").content.decode()


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest) -> Iterator[str]:
    return request.param


def test_this_machine_sees_it(demo: Demo, browser: Client, page: str) -> None:
    assert browser.get(page).status_code == 200
    assert browser.get(page, headers={"host": "127.0.0.1:8000"}).status_code == 200
    assert browser.get(page, headers={"host": "[::1]:8000"}, REMOTE_ADDR="::1").status_code == 200


ELSEWHERE = [
    {"REMOTE_ADDR": "10.0.0.7"},
    {"REMOTE_ADDR": "not an address"},
    {"HTTP_HOST": "evil.example"},
    {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    {"HTTP_X_FORWARDED_HOST": "localhost"},
    {"HTTP_X_REAL_IP": "127.0.0.1"},
    {"HTTP_FORWARDED": "for=127.0.0.1"},
    {"HTTP_VIA": "1.1 proxy"},
]


@pytest.mark.parametrize("sender", ELSEWHERE, ids=lambda sender: next(iter(sender)))
def test_t049_nobody_else_sees_it(
    demo: Demo, browser: Client, page: str, settings: Settings, sender: dict[str, str]
) -> None:
    settings.POOL_ALLOWED_NETWORKS = ["0.0.0.0/0"]
    settings.ALLOWED_HOSTS = ["*"]
    assert browser.get(page, **sender).status_code == 404
    password = seed.config()["users"][0]["password"]
    assert password in html.unescape(browser.get("/").content.decode())
    assert password not in html.unescape(browser.get("/", **sender).content.decode())


def test_t049_behind_a_proxy_nobody_is_known_to_be_here(
    demo: Demo, browser: Client, page: str, settings: Settings
) -> None:
    settings.TRUSTED_PROXY = True
    assert browser.get(page).status_code == 404
    assert browser.get(page, headers={"x-forwarded-for": "127.0.0.1"}).status_code == 404
    assert "alice" not in browser.get("/").content.decode()


def test_t049_production_does_not_have_it(demo: Demo, browser: Client, page: str, settings: Settings) -> None:
    settings.LOCAL = False
    assert browser.get(page).status_code == 404


def test_it_is_for_reading(demo: Demo, browser: Client, page: str) -> None:
    assert browser.post(page).status_code == 405
