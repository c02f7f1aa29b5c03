"""UserMigration through the portal: whom another directory knows signs in, or recovers, without noticing anything."""

import re
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from flows.pool.delivery import outbox
from tests.flows.person import Person
from tests.flows.pools import last_code
from tests.flows.portal import Portal
from tests.lambda_api import Functions, running
from tests.older_directory import directory, somebody
from tests.pools import User, new_password

pytestmark = pytest.mark.django_db
FLOW, SRP = "USER_PASSWORD_AUTH", "USER_SRP_AUTH"


@pytest.fixture(scope="module")
def lambda_server() -> Iterator[Functions]:
    with running() as functions:
        yield functions


@pytest.fixture
def legacy() -> User:
    """Somebody whom only the other directory knows."""
    return somebody()


@pytest.fixture
def functions(lambda_server: Functions, portal: Portal, legacy: User, settings: Settings) -> Functions:
    """The other directory behind the portal's pool; it says CONFIRMED."""
    settings.LAMBDA_HANDLERS, settings.LAMBDA_ENDPOINT_URL = {}, lambda_server.url
    settings.SIGN_IN_FLOWS = [FLOW, SRP]
    lambda_server.by_name.clear()
    lambda_server.events.clear()
    config = lambda_server.add(UserMigration=directory(legacy))
    portal.pool.cognito.update_user_pool(
        UserPoolId=portal.pool.pool_id, LambdaConfig=config, AutoVerifiedAttributes=["email"]
    )
    return lambda_server


def status_in(portal: Portal, user: User) -> str | None:
    """UserStatus; None of somebody whom the pool does not know."""
    pool = portal.pool
    found = pool.cognito.list_users(UserPoolId=pool.pool_id, Filter=f'username = "{user.username}"')["Users"]
    return found[0]["UserStatus"] if found else None


def recover(person: Person, username: str) -> str:
    """Have a code sent and choose a password with it; returns the password."""
    form = person.open("/recover/").form(action="/recover/")
    del form.values["have"]
    person.send(form, username=username)
    chosen = new_password()
    person.send(person.form(action="/recover/code/"), code=last_code(), new_password=chosen)
    assert "Your new password is saved." in person.text
    return chosen


def test_the_first_sign_in_brings_the_user_and_the_next_is_by_srp(
    functions: Functions, portal: Portal, person: Person, legacy: User
) -> None:
    assert status_in(portal, legacy) is None
    person.sign_in(FLOW, legacy.username, legacy.password, next="/account/")
    assert (person.status, person.path) == (200, "/account/")
    assert legacy.email in person.text
    assert status_in(portal, legacy) == "CONFIRMED"

    functions.by_name.clear()
    again = Person(htmx=person.htmx).sign_in(SRP, legacy.username, legacy.password, next="/account/")
    assert again.path == "/account/"
    assert functions.sources == ["UserMigration_Authentication"]


def test_a_wrong_password_looks_like_a_name_that_nobody_has(
    functions: Functions, portal: Portal, person: Person, legacy: User
) -> None:
    pages = []
    for name in (legacy.username, legacy.username.replace("legacy", "nobody")):
        seen = Person(htmx=person.htmx).sign_in(FLOW, name, "wrong")
        assert (seen.status, "Incorrect username or password." in seen.text) == (422, True)
        assert "other directory" not in seen.html
        html = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", seen.html)
        pages.append(html.replace(name, ""))
    assert pages[0] == pages[1]
    assert functions.sources == ["UserMigration_Authentication"] * 2
    assert status_in(portal, legacy) is None
    assert person.sign_in(FLOW, legacy.username, legacy.password, next="/account/").path == "/account/"


def test_a_refused_password_is_typed_again_in_the_same_form(functions: Functions, person: Person, legacy: User) -> None:
    person.sign_in(FLOW, legacy.username, "wrong", next="/account/")
    form = person.form(flow=FLOW)
    assert (form.values["username"], form.values["next"]) == (legacy.username, "/account/")
    person.send(form, password=legacy.password)
    assert person.path == "/account/"


def test_srp_shows_nobody_a_password_and_brings_nobody(
    functions: Functions, portal: Portal, person: Person, legacy: User
) -> None:
    person.sign_in(SRP, legacy.username, legacy.password)
    assert (person.status, "Incorrect username or password." in person.text) == (422, True)
    assert functions.events == []
    assert status_in(portal, legacy) is None


@pytest.mark.django_db(transaction=True)  # a refusal after the proof undoes the outermost transaction
def test_whoever_must_choose_another_password_is_shown_the_way(
    functions: Functions, portal: Portal, person: Person, legacy: User
) -> None:
    functions.add(UserMigration=directory(legacy, status="RESET_REQUIRED"))
    person.sign_in(FLOW, legacy.username, legacy.password)
    assert (person.status, "must be reset" in person.text) == (422, True)
    assert status_in(portal, legacy) == "RESET_REQUIRED"
    assert person.link("Choose a new password") == "/recover/"
    chosen = recover(person, legacy.username)
    assert person.sign_in(FLOW, legacy.username, chosen, next="/account/").path == "/account/"
    assert functions.sources == ["UserMigration_Authentication"], "the pool has known them since"


def test_a_forgotten_password_brings_the_user(
    functions: Functions, portal: Portal, person: Person, legacy: User
) -> None:
    chosen = recover(person, legacy.username)
    assert outbox.messages()[-1]["destination"] == legacy.email
    event = functions.last("UserMigration")
    assert (event["triggerSource"], event["userName"]) == ("UserMigration_ForgotPassword", legacy.username)
    assert "password" not in event["request"]
    assert person.sign_in(SRP, legacy.username, chosen, next="/account/").path == "/account/"


def test_a_forgotten_password_of_nobody_is_answered_alike(
    functions: Functions, portal: Portal, person: Person, legacy: User
) -> None:
    pages = []
    for name in (legacy.username, legacy.username.replace("legacy", "nobody")):
        seen = Person(htmx=person.htmx)
        form = seen.open("/recover/").form(action="/recover/")
        del form.values["have"]
        seen.send(form, username=name)
        html = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", seen.html)
        pages.append((seen.path, html.replace(name, "")))
    assert pages[0] == pages[1]
    assert functions.sources == ["UserMigration_ForgotPassword"] * 2
