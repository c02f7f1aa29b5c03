"""Who may: whoever sits at the machine of a demo, by forms of ours."""

import pytest
from django.test import Client
from pytest_django import Settings

from tests.playground.browser import URL, Browser
from tests.playground.conftest import Demo

CHANGES = ["settings/session/", "users/alice/enabled/", "users/alice/status/", "users/alice/factors/", "back/"]
PAGES = ["", "new-demo/"]
ELSEWHERE = [
    {"REMOTE_ADDR": "10.0.0.7"},
    {"HTTP_HOST": "evil.example"},
    {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    {"HTTP_FORWARDED": "for=127.0.0.1"},
    {"HTTP_VIA": "1.1 proxy"},
]


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost:8000"})


@pytest.mark.parametrize("sender", ELSEWHERE, ids=lambda sender: next(iter(sender)))
def test_t049_for_a_stranger_there_is_nothing_here(
    demo: Demo, client: Client, settings: Settings, sender: dict[str, str]
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    before = demo.settings
    for path in (*PAGES, *CHANGES):
        assert client.get(URL + path, **sender).status_code == 404
    for path in (*PAGES, *CHANGES):
        assert client.post(URL + path, {"AuthSessionValidity": "9", "enabled": "no"}, **sender).status_code == 404
    assert demo.settings == before
    assert demo.user("alice")["Enabled"]


@pytest.mark.parametrize(("name", "value"), [("TRUSTED_PROXY", True), ("LOCAL", False), ("DEMO_GUARD", "")])
def test_t049_where_nobody_can_be_known_to_sit_here_nobody_may(
    demo: Demo, client: Client, settings: Settings, name: str, value: object
) -> None:
    setattr(settings, name, value)
    assert [client.get(URL + path).status_code for path in (*PAGES, *CHANGES)] == [404] * 7


def test_t113_a_form_from_elsewhere_changes_nothing(demo: Demo) -> None:
    before = demo.settings
    stranger = Client(enforce_csrf_checks=True, headers={"host": "localhost:8000"})
    for path in (*CHANGES, "new-demo/"):
        assert stranger.post(URL + path, {"AuthSessionValidity": "9", "enabled": "no"}).status_code == 403
    assert demo.settings == before
    assert demo.user("alice")["Enabled"]


def test_t113_looking_changes_nothing(demo: Demo, client: Client) -> None:
    before = demo.settings
    for path in CHANGES:
        assert client.get(URL + path, {"AuthSessionValidity": "9", "enabled": "no"}).status_code == 405
    for path in PAGES:
        assert client.get(URL + path).status_code == 200
    assert demo.settings == before
    assert demo.user("alice")["Enabled"]


@pytest.mark.parametrize(
    "path", ["settings/nothing/", "users/nobody/enabled/", "users/alice/nothing/", "users/<b>/status/"]
)
def test_what_is_not_there_is_a_page_that_says_so(demo: Demo, client: Client, path: str) -> None:
    answer = client.post(URL + path, {"enabled": "no"})
    assert answer.status_code == 404
    assert b"<h1>" in answer.content


def test_the_page_holds_no_secret(demo: Demo) -> None:
    page = Browser().html
    assert demo.password("alice") not in page
    assert "SecretAccessKey" not in page
    assert "$PASSWORD" in page
