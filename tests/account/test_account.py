"""The page for whoever is signed in, and leaving it."""

from datetime import UTC, datetime

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session

from flows.account.claims import explained
from flows.signin.sessions import SessionStore
from tests import jwts
from tests.flows.person import Person
from tests.flows.portal import Portal

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(portal: Portal, person: Person) -> Person:
    user = portal.pool.add_user()
    person.sign_in("USER_SRP_AUTH", user.username, user.password)
    assert person.path == "/account/"
    return person


def test_it_says_who_and_how_and_what_the_tokens_say(signed_in: Person) -> None:
    assert "USER_SRP_AUTH" in signed_in.text
    for name in ("sub", "token_use", "cognito:username", "client_id", "origin_jti", "scope", "exp"):
        assert name in signed_in.text
    assert "Your e-mail address." in signed_in.text


def test_t082_no_token_is_in_page_cookie_address_or_database(signed_in: Person) -> None:
    store = SessionStore(signed_in.client.cookies[django_settings.SESSION_COOKIE_NAME].value)
    held = [store["tokens"][name] for name in ("id_token", "access_token", "refresh_token")]
    shown = "".join(answer.content.decode() + str(answer.headers) + str(answer.cookies) for answer in signed_in.answers)
    dump = "".join(Session.objects.values_list("session_data", flat=True))
    assert not jwts.found(shown)
    assert not [token for token in held if token in shown + dump]
    assert jwts.found(" ".join(held[:2])) == held[:2], "so the search was for the right thing"


def test_t083_a_copied_cookie_is_worth_nothing_after_signing_out(signed_in: Person) -> None:
    copied = signed_in.client.cookies[django_settings.SESSION_COOKIE_NAME].value
    signed_in.send(signed_in.form(action="/sign-out/"))
    thief = Person(htmx=False)
    thief.client.cookies[django_settings.SESSION_COOKIE_NAME] = copied
    assert thief.open("/account/").path == "/sign-in/"
    assert not Session.objects.exists()


def test_t123_signing_out_clears_what_the_browser_keeps(signed_in: Person) -> None:
    signed_in.send(signed_in.form(action="/sign-out/"))
    left = next(answer for answer in signed_in.answers if "Clear-Site-Data" in answer.headers)
    assert left.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert left.headers["Cache-Control"] == "no-store"


def test_signing_out_when_nobody_is_signed_in(person: Person) -> None:
    token = person.open("/sign-in/").form().values["csrfmiddlewaretoken"]
    answer = person.client.post("/sign-out/", {"csrfmiddlewaretoken": token, "everywhere": "1"})
    assert answer.headers["Location"] == "/?said=here"


def test_claims_are_explained_in_order_and_times_are_times() -> None:
    rows = explained({"zoneinfo": "CET", "exp": 0, "custom:team": "blue", "sub": "x", "email_verified": True})
    assert [row.name for row in rows] == ["sub", "exp", "email_verified", "custom:team", "zoneinfo"]
    assert rows[1].at == datetime(1970, 1, 1, tzinfo=UTC)
    assert rows[2].value == "yes"
    assert "added" in rows[3].about


@pytest.mark.parametrize(("value", "text"), [(["a", "b"], "a, b"), ([{"a": 1}], '[{"a": 1}]'), (7, "7"), (False, "no")])
def test_values_of_every_kind_can_be_shown(value: object, text: str) -> None:
    assert explained({"x": value})[0].value == text
