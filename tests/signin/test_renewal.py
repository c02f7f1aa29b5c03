"""Whoever is signed in stays so exactly as long as the pool says (T073, T078, T080, T081, T085)."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from flows.pool.models import Group, PoolUser
from flows.signin import kept
from flows.signin.sessions import SessionStore
from tests.flows.person import Person
from tests.flows.portal import Portal
from tests.race import race
from tests.signin import transports

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(settings: Settings) -> Iterator[None]:
    settings.COGNITO_TRANSPORT = transports.COUNTING
    transports.reset()
    yield
    transports.reset()


@pytest.fixture
def alice(portal: Portal, counted: None) -> Person:
    """Somebody who is signed in; the counters stand at zero."""
    user = portal.pool.add_user()
    person = Person(htmx=False).sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    assert person.path == "/account/"
    transports.seen.clear()
    return person


def store_of(person: Person) -> SessionStore:
    return SessionStore(person.client.cookies[django_settings.SESSION_COOKIE_NAME].value)


def change(person: Person, **members: Any) -> None:
    """Age what the session holds."""
    store = store_of(person)
    store[kept.KEY] = store[kept.KEY] | members
    store.save()


def tokens(person: Person) -> dict[str, Any]:
    return store_of(person)[kept.KEY]


def test_nothing_is_asked_while_the_tokens_are_fresh_and_lately_checked(alice: Person, settings: Settings) -> None:
    settings.SESSION_RECHECK_SECONDS = 60
    assert alice.open("/account/").status == 200
    assert not transports.seen


def test_a_silent_refresh_when_due(alice: Person) -> None:
    before = tokens(alice)
    change(alice, expires_at=time.time() + 5)
    assert alice.open("/account/").status == 200
    after = tokens(alice)
    assert transports.seen["GetTokensFromRefreshToken"] == 1
    assert after["access_token"] != before["access_token"]
    assert after["refresh_token"] == before["refresh_token"]
    assert after["expires_at"] > time.time() + 3000
    assert after["signed_in_at"] == before["signed_in_at"]
    alice.open("/account/")
    assert transports.seen["GetTokensFromRefreshToken"] == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("left", [-5, 5], ids=["run out", "about to"])
def test_t078_six_requests_at_once_refresh_once(alice: Person, left: float) -> None:
    change(alice, expires_at=time.time() + left)
    cookies = {name: morsel.value for name, morsel in alice.client.cookies.items()}

    def ask() -> int:
        client = Client(SERVER_NAME="localhost")
        client.cookies.load(cookies)
        return client.get("/account/").status_code

    assert race(6, ask) == [200] * 6
    assert transports.seen["GetTokensFromRefreshToken"] == 1


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("NotAuthorizedException", "Refresh Token has been revoked"),
        ("NotAuthorizedException", "Invalid Refresh Token."),
        ("RefreshTokenReuseException", ""),
        ("UserNotFoundException", "User does not exist."),
        ("PasswordResetRequiredException", ""),
        ("UserNotConfirmedException", ""),
    ],
)
def test_a_refused_refresh_ends_the_session_and_keeps_the_way_back(alice: Person, code: str, message: str) -> None:
    transports.refusing["GetTokensFromRefreshToken"] = (code, message)
    change(alice, expires_at=time.time() + 5)
    alice.open("/account/?tab=2")
    assert alice.path == "/sign-in/"
    assert "You have been signed out" in alice.text
    assert alice.form(srp="server").values["next"] == "/account/?tab=2"
    assert alice.open("/account/").path == "/sign-in/"


def test_t122_under_htmx_the_end_is_a_redirect_of_the_whole_page(alice: Person) -> None:
    transports.refusing["GetUser"] = ("NotAuthorizedException", "Access Token has been revoked")
    headers = {"HX-Request": "true", "HX-Current-URL": "http://localhost/account/"}
    answer = alice.client.get("/account/", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"] == "/sign-in/?said=ended&next=%2Faccount%2F"


@pytest.mark.parametrize("code", ["", "TooManyRequestsException", "InternalErrorException"])
def test_t080_no_answer_is_not_a_no(alice: Person, code: str) -> None:
    """While the access token lasts the session goes on, and the next request after the pause tries again."""
    transports.refusing["GetTokensFromRefreshToken"] = (code, "")
    change(alice, expires_at=time.time() + 30)
    for _ in range(5):
        assert alice.open("/account/").status == 200
    assert transports.seen["GetTokensFromRefreshToken"] == 1, "and not with every request"


def test_t080_when_the_tokens_have_run_out_and_nobody_answers(alice: Person) -> None:
    transports.refusing["GetTokensFromRefreshToken"] = ("", "")
    change(alice, expires_at=time.time() - 1)
    for _ in range(3):
        alice.open("/account/")
        assert alice.status == 503
        assert alice.answer.headers["Retry-After"]
    assert transports.seen["GetTokensFromRefreshToken"] == 1
    transports.refusing.clear()
    store = store_of(alice)
    store["refresh_turn"] = store["refresh_turn"] | {"until": 0}
    store.save()
    assert alice.open("/account/").status == 200, "the session was kept"


def test_one_can_leave_whatever_the_pool_says(alice: Person) -> None:
    form = alice.form(action="/sign-out/")
    transports.refusing |= {"GetTokensFromRefreshToken": ("", ""), "RevokeToken": ("", ""), "GetUser": ("", "")}
    change(alice, expires_at=time.time() - 1)
    alice.send(form)
    assert (alice.status, alice.path) == (200, "/")
    assert alice.open("/account/").path == "/sign-in/"


def test_t073_a_disabled_user_is_out_at_once(portal: Portal, alice: Person) -> None:
    PoolUser.objects.filter(pool_id=portal.pool.pool_id).update(enabled=False)
    assert alice.open("/account/").path == "/sign-in/"


def test_t073_a_deleted_user_is_out_at_once(portal: Portal, alice: Person) -> None:
    PoolUser.objects.filter(pool_id=portal.pool.pool_id).delete()
    assert alice.open("/").path == "/sign-in/"


def test_t073_with_a_real_pool_it_takes_the_time_that_is_set(portal: Portal, alice: Person, settings: Settings) -> None:
    settings.SESSION_RECHECK_SECONDS = 60
    PoolUser.objects.filter(pool_id=portal.pool.pool_id).update(enabled=False)
    assert alice.open("/account/").path == "/account/"
    change(alice, checked_at=time.time() - 61)
    assert alice.open("/account/").path == "/sign-in/"


def test_a_check_is_remembered(alice: Person, settings: Settings) -> None:
    settings.SESSION_RECHECK_SECONDS = 60
    change(alice, checked_at=time.time() - 61)
    alice.open("/account/")
    alice.open("/account/")
    assert transports.seen["GetUser"] == 1


def test_t081_signing_out_everywhere_ends_the_other_browser(portal: Portal, counted: None) -> None:
    user = portal.pool.add_user()
    here, there = (Person(htmx=False).sign_in("USER_PASSWORD_AUTH", user.username, user.password) for _ in range(2))
    here.send(here.form(everywhere="1"))
    assert there.open("/account/").path == "/sign-in/"


def test_t081_everywhere_is_meant_also_when_the_access_token_has_run_out(portal: Portal, counted: None) -> None:
    user = portal.pool.add_user()
    here, there = (Person(htmx=False).sign_in("USER_PASSWORD_AUTH", user.username, user.password) for _ in range(2))
    form = here.form(everywhere="1")
    change(here, expires_at=time.time() - 1, access_token="what the pool no longer takes")
    here.send(form)
    assert "here and everywhere else" in here.text
    assert there.open("/account/").path == "/sign-in/"


def test_t081_signing_out_here_leaves_the_other_browser_alone(portal: Portal, counted: None) -> None:
    user = portal.pool.add_user()
    here, there = (Person(htmx=False).sign_in("USER_PASSWORD_AUTH", user.username, user.password) for _ in range(2))
    here.send(here.form(action="/sign-out/"))
    assert transports.seen["RevokeToken"] == 1
    assert there.open("/account/").status == 200
    assert there.path == "/account/"


def test_t085_a_group_that_was_left_is_gone_with_the_next_refresh(portal: Portal, counted: None) -> None:
    user = portal.pool.add_user()
    stored = PoolUser.objects.get(pool_id=portal.pool.pool_id, username=user.username)
    now = stored.created_at
    admins = Group.objects.create(pool_id=portal.pool.pool_id, name="admins", created_at=now, modified_at=now)
    admins.users.add(stored)
    person = Person(htmx=False).sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    signed_in = User.objects.get()
    assert [group.name for group in signed_in.groups.all()] == ["admins"]
    admins.users.clear()
    change(person, expires_at=time.time() + 5)
    person.open("/account/")
    assert not signed_in.groups.exists()


def test_tokens_about_somebody_else_end_the_session(portal: Portal, alice: Person) -> None:
    other = portal.pool.add_user()
    there = Person(htmx=False).sign_in("USER_PASSWORD_AUTH", other.username, other.password)
    change(alice, expires_at=time.time() + 5, refresh_token=tokens(there)["refresh_token"])
    assert alice.open("/account/").path == "/sign-in/"


def test_a_session_that_says_signed_in_but_holds_no_tokens_is_ended(alice: Person) -> None:
    store = store_of(alice)
    del store[kept.KEY]
    store.save()
    assert alice.open("/account/").path == "/sign-in/"


def test_a_user_switched_off_in_django_does_not_get_in(portal: Portal, person: Person) -> None:
    user = portal.pool.add_user()
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    person.send(person.form(action="/sign-out/"))
    User.objects.update(is_active=False)
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    assert person.status == 422
    assert "switched off" in person.text
    assert person.open("/account/").path == "/sign-in/"
