"""UserMigration against what ``dumpdata auth.user`` writes, with hashes that Django made (T034, the trigger's part)."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, ScryptPasswordHasher
from django.contrib.auth.models import User
from django.core import serializers

from flows.pool.lambdas.outcomes import FunctionRaised
from flows.triggers.events import Refused
from tests.triggers.attempt import Run, here
from tests.triggers.functions import with_environment

PASSWORD = "correct horse – battery"
REFUSED = "Incorrect username or password"


def dumped(people: list[User]) -> str:
    """As ``manage.py dumpdata auth.user`` does, without groups, which would need a database."""
    return serializers.serialize("json", people, fields=[field.name for field in User._meta.fields])


@pytest.fixture(scope="module")
def legacy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pbkdf2 = PBKDF2PasswordHasher().encode(PASSWORD, "salt0123456789ab", iterations=5000)
    people = [
        User(pk=1, username="lena", password=pbkdf2, email="Lena@Example.com", first_name="Lena", last_name="Ås"),
        User(pk=2, username="scrypt", password=ScryptPasswordHasher().encode(PASSWORD, "salt0123456789ab")),
        User(pk=3, username="gone", password=pbkdf2, email="gone@example.com", is_active=False),
        User(pk=4, username="unusable", password="!nothing"),
        User(pk=5, username="strange", password="argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdA$aGFzaA"),
        User(pk=6, username="two", password=pbkdf2, email="shared@example.com"),
        User(pk=7, username="three", password=pbkdf2, email="shared@example.com"),
    ]
    path = tmp_path_factory.mktemp("legacy") / "users.json"
    path.write_text(dumped(people), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def run(legacy: Path) -> Run:
    return with_environment(LEGACY_USERS_FILE=str(legacy), LEGACY_EMAILS_VERIFIED="on")


def event(name: str, source: str = "Authentication", **request: str) -> dict[str, Any]:
    return {
        "version": "1",
        "triggerSource": f"UserMigration_{source}",
        "region": "eu-west-1",
        "userPoolId": "eu-west-1_Example00",
        "userName": name,
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": "0example0"},
        "request": {"validationData": None, "clientMetadata": None, **request},
        "response": {"userAttributes": None, "finalUserStatus": None, "messageAction": None},
    }


LENA = {"email": "Lena@Example.com", "email_verified": "true", "given_name": "Lena", "family_name": "Ås"}


def test_sign_in_takes_the_password_over(run: Run) -> None:
    answered = run("user-migration", event("lena", password=PASSWORD))
    assert answered["response"] == {
        "userAttributes": LENA,
        "finalUserStatus": "CONFIRMED",
        "messageAction": "SUPPRESS",
    }


def test_by_address_the_user_name_is_told(run: Run) -> None:
    answered = run("user-migration", event("lena@example.COM", password=PASSWORD))
    assert answered["response"]["userAttributes"] == {**LENA, "username": "lena"}


def test_hashes_of_other_kinds(run: Run) -> None:
    assert run("user-migration", event("scrypt", password=PASSWORD))["response"]["userAttributes"] == {}


def test_forgot_password_has_no_password_to_check_and_takes_none_over(run: Run) -> None:
    answered = run("user-migration", event("lena", "ForgotPassword"))
    assert answered["response"] == {
        "userAttributes": LENA,
        "finalUserStatus": "RESET_REQUIRED",
        "messageAction": "SUPPRESS",
    }


@pytest.mark.parametrize(
    "refused",
    [
        event("lena", password="wrong"),
        event("lena", password=PASSWORD + " "),
        event("lena"),
        event("LENA", password=PASSWORD),
        event("nobody", password=PASSWORD),
        event("gone", password=PASSWORD),
        event("gone", "ForgotPassword"),
        event("nobody", "ForgotPassword"),
        event("unusable", password="!nothing"),
        event("strange", password=PASSWORD),
        event("shared@example.com", password=PASSWORD),
        event("lena", "SomethingNew", password=PASSWORD),
    ],
    ids=lambda event: f"{event['userName']}-{event['triggerSource']}",
)
def test_refused_in_the_same_words(run: Run, refused: dict[str, Any]) -> None:
    with pytest.raises(FunctionRaised) as raised:
        run("user-migration", refused)
    assert raised.value.message == REFUSED


def test_a_directory_that_was_changed_is_read_again(tmp_path: Path) -> None:
    path, encoded = (
        tmp_path / "users.json",
        PBKDF2PasswordHasher().encode(PASSWORD, "salt0123456789ab", iterations=5000),
    )
    run = with_environment(LEGACY_USERS_FILE=str(path))
    for name in ("first", "second"):
        path.write_text(dumped([User(pk=1, username=name, password=encoded)]), encoding="utf-8")
        assert run("user-migration", event(name, password=PASSWORD))["response"]["finalUserStatus"] == "CONFIRMED"


def test_an_address_that_nobody_proved_is_not_called_proven_and_finds_nobody(legacy: Path) -> None:
    """It becomes no alias in the pool: whoever signed in by it once could not do so again."""
    run = with_environment(LEGACY_USERS_FILE=str(legacy))
    answered = run("user-migration", event("lena", password=PASSWORD))
    assert answered["response"]["userAttributes"]["email_verified"] == "false"
    for source in ("Authentication", "ForgotPassword"):
        with pytest.raises(FunctionRaised, match=REFUSED):
            run("user-migration", event("lena@example.com", source, password=PASSWORD))


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b'[{"fields": {"username": "lena"', "JSONDecodeError"),
        (b"\xff", "UnicodeDecodeError"),
        (b"5", "TypeError"),
        (b"[5]", "TypeError"),
        (b"{}", None),
        (b'[{"model": "auth.user"}]', "KeyError"),
        (b'[{"fields": {}}]', "KeyError"),
        (b'[{"fields": {"username": "lena"}}]', "KeyError"),
        (None, "FileNotFoundError"),
    ],
)
def test_t034_a_directory_that_is_broken_migrates_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, content: bytes, error: str | None
) -> None:
    """In the same words, and a line in the log that says no name and no path."""
    path = tmp_path / "users.json"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("LEGACY_USERS_FILE", str(path))
    with pytest.raises(Refused, match=REFUSED):
        here("user-migration", event("lena", password=PASSWORD))
    assert [record.message for record in caplog.records] == (
        [f"The older directory cannot be read: {error}"] if error else []
    )


def test_t034_a_directory_that_is_not_named_is_said_by_the_name_of_the_variable() -> None:
    with pytest.raises(FunctionRaised, match="The environment variable LEGACY_USERS_FILE is not set"):
        with_environment()("user-migration", event("lena", password=PASSWORD))


def test_a_name_that_does_not_exist_takes_as_long(tmp_path: Path) -> None:
    """With the iterations that Django has today, as a directory of today has them."""
    people = [User(pk=1, username="lena", password=PBKDF2PasswordHasher().encode(PASSWORD, "salt0123456789ab"))]
    path = tmp_path / "users.json"
    path.write_text(dumped(people), encoding="utf-8")
    run, best = with_environment(LEGACY_USERS_FILE=str(path)), {"lena": 99.0, "nobody": 99.0}
    for name in [*best] * 4:  # of each the best one: the machine may be slow for seconds
        began = time.monotonic()
        with pytest.raises(FunctionRaised):
            run("user-migration", event(name, password="wrong"))
        best[name] = min(best[name], time.monotonic() - began)
    assert best["nobody"] > 0.3 * best["lena"], json.dumps(best)
