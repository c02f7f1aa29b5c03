"""New tokens at the press of a button (Amplify's forceRefresh)."""

import pytest
from django.contrib.auth.models import User as DjangoUser
from django.test import RequestFactory
from pytest_django import Settings

from flows.signin import renewal
from flows.signin.sessions import SessionStore
from tests.flows import overheard
from tests.flows.person import Person
from tests.flows.portal import Portal
from tests.pools import User
from tests.signin import transports

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(portal: Portal, settings: Settings) -> User:
    settings.COGNITO_TRANSPORT = overheard.TRANSPORT
    return portal.pool.add_user()


@pytest.fixture
def signed_in(person: Person, user: User) -> Person:
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    assert person.path == "/account/"
    overheard.begin()
    return person


def access_token(person: Person, settings: Settings) -> str:
    store = SessionStore(person.client.cookies[settings.SESSION_COOKIE_NAME].value)
    return str(store["tokens"]["access_token"])


def press(person: Person) -> Person:
    return person.send(person.form(action="/account/renew/"))


def test_it_brings_new_tokens_of_the_same_sign_in(signed_in: Person, settings: Settings) -> None:
    before = access_token(signed_in, settings)
    press(signed_in)
    assert signed_in.path == "/account/"
    assert "Your tokens were renewed." in signed_in.text
    after = access_token(signed_in, settings)
    assert after != before
    told = overheard.exchanges("GetTokensFromRefreshToken")
    assert [each.answer["AuthenticationResult"]["AccessToken"] for each in told] == [after]


def test_t078_several_presses_at_once_are_one_refresh(signed_in: Person, settings: Settings) -> None:
    """Another tab's has come through while this one's page was still the old one: the tokens it saw are gone."""
    request = RequestFactory().post("/account/renew/")
    request.session = store = SessionStore(signed_in.client.cookies[settings.SESSION_COOKIE_NAME].value)
    request.user = DjangoUser.objects.get()
    late = SessionStore(store.session_key)
    assert late["tokens"], "read while they were the old ones"
    assert renewal.at_once(request) is renewal.Standing.GOOD
    request.session = late
    assert renewal.at_once(request) is renewal.Standing.GOOD
    assert len(overheard.exchanges("GetTokensFromRefreshToken")) == 1


def test_t081_a_session_that_was_ended_elsewhere_ends_here(signed_in: Person, portal: Portal, user: User) -> None:
    portal.pool.cognito.admin_user_global_sign_out(UserPoolId=portal.pool.pool_id, Username=user.username)
    press(signed_in)
    assert signed_in.path == "/sign-in/"


def test_where_the_pool_does_not_answer_the_old_tokens_stay(signed_in: Person, settings: Settings) -> None:
    settings.SESSION_RECHECK_SECONDS = 3600
    before = access_token(signed_in, settings)
    settings.COGNITO_TRANSPORT = transports.COUNTING
    transports.refusing["GetTokensFromRefreshToken"] = ("", "")
    try:
        press(signed_in)
    finally:
        transports.reset()
    assert "which are still good" in signed_in.text
    assert access_token(signed_in, settings) == before


def test_t113_only_a_form_of_this_site_renews(signed_in: Person) -> None:
    assert signed_in.client.get("/account/renew/").status_code == 405
    assert signed_in.client.post("/account/renew/").status_code == 403
    assert overheard.exchanges("GetTokensFromRefreshToken") == []


def test_nobody_is_sent_to_sign_in(portal: Portal, person: Person) -> None:
    token = person.open("/sign-in/").form().values["csrfmiddlewaretoken"]
    answer = person.client.post("/account/renew/", {"csrfmiddlewaretoken": token})
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sign-in/")
