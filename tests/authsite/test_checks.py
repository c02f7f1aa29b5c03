"""System checks: each setting flipped is named, and a broken site does not start (T151, T153)."""

import base64
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from authsite import checks
from tests import environment

KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()
REAL = {"USER_POOL": "cognito", "EMBEDDED_POOL": False, "COGNITO_USER_POOL_ID": "eu-west-1_Abcdefghi"}
REAL |= {"COGNITO_CLIENT_ID": "abc"}

BROKEN: list[tuple[str, dict[str, Any]]] = [
    ("authsite.E001", {"USER_POOL": "both"}),
    ("authsite.E002", {"COGNITO_USER_POOL_ID": "eu-west-1_Abcdefghi"}),
    ("authsite.E002", {"COGNITO_CLIENT_ID": "abc"}),
    ("authsite.E003", REAL | {"COGNITO_USER_POOL_ID": ""}),
    ("authsite.E003", REAL | {"COGNITO_CLIENT_ID": ""}),
    ("authsite.E004", REAL | {"COGNITO_USER_POOL_ID": "my pool"}),
    *(
        ("authsite.E005", {"POOL_ENDPOINT": endpoint})
        for endpoint in (
            "/cognito-idp",
            "localhost:8000/cognito-idp",
            "ftp://localhost/cognito-idp",
            "http://localhost:8000",
            "http://localhost:8000/cognito-idp/",
            "http://localhost:8000/cognito-idp?x=1",
        )
    ),
    ("authsite.E006", {"POOL_ALLOWED_NETWORKS": ["localhost"]}),
    ("authsite.E006", {"POOL_ALLOWED_NETWORKS": []}),
    ("authsite.E007", {"POOL_SEALING_KEYS": ["short"]}),
    ("authsite.E007", {"POOL_SEALING_KEYS": ["\u00e9"]}),
    ("authsite.E007", {"POOL_SEALING_KEYS": [base64.urlsafe_b64encode(bytes(32)).decode()]}),
    ("authsite.E007", {"POOL_SEALING_KEYS": [KEY, KEY]}),
    ("authsite.E008", {"POOL_ACCESS_KEY_ID": "short"}),
    ("authsite.E008", {"POOL_SECRET_ACCESS_KEY": "short"}),
    ("authsite.E009", {"POOL_SEALING_KEYS": [KEY], "SECRET_KEY": KEY}),
    ("authsite.E010", {"SECRET_KEY": "x" * 31}),
    ("authsite.E011", {"POOL_REGION": "Frankfurt"}),
    ("authsite.E012", {"SIGN_IN_FLOWS": ["USER_SRP_AUTH", "MAGIC"]}),
    ("authsite.E012", {"SIGN_IN_FLOWS": []}),
    *(
        ("authsite.E013", {"POOL_DELIVERY": {"email": email, "sms": sms}})
        for email, sms in (
            ("sns", "sns"),
            ("pigeon", "outbox"),
            ("mail", "os.no_such"),
            ("", "sns"),
            ("mail", "sys.path"),
        )
    ),
    ("authsite.E014", {"EMAIL_BACKEND": ""}),
    ("authsite.E015", {"POOL_SENDER_CODES": "rot13"}),
    ("authsite.E016", {"LAMBDA_ENVIRONMENT": ["CHALLENGES"]}),
    ("authsite.E016", {"LAMBDA_ENVIRONMENT": {"LINK_SECONDS": 900}}),
    ("authsite.E017", {"RECAPTCHA_DOMAIN": ""}),
    ("authsite.E017", {"RECAPTCHA_DOMAIN": "https://www.google.com"}),
    ("authsite.E017", {"RECAPTCHA_DOMAIN": "www.google.com; script-src *"}),
    *(("authsite.E016", {"LAMBDA_ENVIRONMENT": broken}) for broken in (None, {"": "x"}, {"A=B": "x"}, {"A": "x\0"})),
    *(
        ("authsite.E018", {"LAMBDA_ENDPOINT_URL": url})
        for url in (
            "",
            "127.0.0.1:3001",
            "localhost:3001",
            "ftp://127.0.0.1:3001",
            "http://:3001",
            "http://127.0.0.1:port",
            "http://127.0.0.1:99999",
            "http://127.0.0.1:3001?x=1",
            "http://[::1:3001",
        )
    ),
    ("authsite.E019", {"LAMBDA_HANDLERS": None}),
    ("authsite.E019", {"LAMBDA_HANDLERS": {"define": "handler"}}),
    ("authsite.E019", {"LAMBDA_HANDLERS": {"define": "my..handler"}}),
    ("authsite.E020", {"LAMBDA_MOST_AT_ONCE": 0}),
    ("authsite.W001", {"LOCAL": False}),
    ("authsite.W002", {"ALLOWED_HOSTS": ["*"]}),
    ("authsite.W003", {"LOCAL": False}),
    ("authsite.W003", {"LOCAL": False, "POOL_DELIVERY": {"email": "mail", "sms": "outbox"}}),
    ("authsite.W002", {"ALLOWED_HOSTS": ["localhost", "demo.example"]}),
]


def ids() -> set[str]:
    return {str(message.id) for message in checks.broken()}


def test_the_tests_own_settings_are_fine(settings: Settings) -> None:
    assert not ids()


def test_a_real_pool_is_fine(settings: Settings) -> None:
    for name, value in REAL.items():
        setattr(settings, name, value)
    assert not ids()


@pytest.mark.parametrize(("id", "changes"), BROKEN)
def test_t153_each_setting_flipped_is_named(settings: Settings, id: str, changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        setattr(settings, name, value)
    assert id in ids()


def test_every_rule_has_a_test_and_an_id_of_its_own() -> None:
    assert [rule.id for rule in checks.RULES] == sorted({id for id, _ in BROKEN})


def test_a_broken_site_does_not_start(settings: Settings) -> None:
    settings.SECRET_KEY = "short"
    with pytest.raises(ImproperlyConfigured, match=r"authsite\.E010"):
        checks.refuse_to_start_if_broken()


def test_a_warning_does_not_stop_it(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    checks.refuse_to_start_if_broken()


# -- A process of its own, as it would be started ----------------------------------------------------------------
PRODUCTION = {
    "SECRET_KEY": "k" * 25 + "0123456789-abcdefghijklmnop",
    "ALLOWED_HOSTS": "sign-in.example",
    "SITE_URL": "https://sign-in.example",
}
ACKNOWLEDGED = PRODUCTION | {
    "USER_POOL": "embedded",
    "POOL_SEALING_KEYS": KEY,
    "POOL_ACCESS_KEY_ID": "AKIALOCAL0123456",
    "POOL_SECRET_ACCESS_KEY": "s" * 20 + "0123456789abcdefghij",
}
START = {
    "manage": ["manage.py", "check"],
    "wsgi": ["-c", "import authsite.wsgi"],
    "asgi": ["-c", "import authsite.asgi"],
}


def start(how: str, variables: dict[str, str], data_dir: Path) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in environment.bare().items() if name != "PYTHONWARNINGS"}
    return subprocess.run(
        [sys.executable, *START[how]],
        cwd=environment.ROOT,
        env=kept | {"DATA_DIR": str(data_dir)} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("how", START)
def test_t151_the_embedded_pool_does_not_run_in_production_unasked(how: str, tmp_path: Path) -> None:
    run = start(how, PRODUCTION, tmp_path)
    assert run.returncode != 0
    assert "authsite.E003" in run.stderr


@pytest.mark.parametrize("how", START)
def test_t151_two_pools(how: str, tmp_path: Path) -> None:
    run = start(how, ACKNOWLEDGED | {"COGNITO_USER_POOL_ID": "eu-west-1_Abcdefghi"}, tmp_path)
    assert run.returncode != 0
    assert "authsite.E002" in run.stderr


@pytest.mark.parametrize("how", START)
def test_t151_named_it_runs(how: str, tmp_path: Path) -> None:
    run = start(how, ACKNOWLEDGED, tmp_path)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize(
    ("variable", "value", "id"),
    [
        ("LAMBDA_HANDLERS", "x", "E019"),
        ("LAMBDA_HANDLERS", "x=", "E019"),
        ("LAMBDA_HANDLERS", "x=a.b=c", "E019"),
        ("LAMBDA_ENVIRONMENT", "[1]", "E016"),
        ("LAMBDA_ENVIRONMENT", "{", "E016"),
    ],
)
def test_t153_functions_that_cannot_be_read_are_named_in_words(
    variable: str, value: str, id: str, tmp_path: Path
) -> None:
    run = start("manage", {"DEMO": "1", variable: value}, tmp_path)
    assert run.returncode != 0
    assert f"(authsite.{id}) {variable}" in run.stderr
    assert "Traceback" not in run.stderr


def test_functions_are_read_as_they_are_written(tmp_path: Path) -> None:
    given = {"LAMBDA_HANDLERS": "define=a.b, create = c.d ,", "LAMBDA_ENVIRONMENT": '{"A": "b"}'}
    run = start("manage", {"DEMO": "1", **given}, tmp_path)
    assert run.returncode == 0, run.stderr


def test_t151_nothing_is_made_up_in_production(tmp_path: Path) -> None:
    """Without DEMO or DEBUG a missing secret is an error, and no file is written."""
    run = start("manage", {**ACKNOWLEDGED, "POOL_SEALING_KEYS": ""}, tmp_path)
    assert run.returncode != 0
    assert "POOL_SEALING_KEYS" in run.stderr
    assert not list(tmp_path.iterdir())
