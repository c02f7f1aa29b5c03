"""The question that passkey autofill asks ahead of time, without a browser (tests/browser has the stories with one)."""

import pytest
from pytest_django import Settings

from tests.authenticator import Authenticator
from tests.flows.person import Person
from tests.flows.pools import by_choice
from tests.flows.portal import Portal

pytestmark = pytest.mark.django_db
URL = "/sign-in/passkey/"


@pytest.fixture
def keeper(portal: Portal) -> Person:
    """Somebody with a passkey, signed out of a browser that keeps the username."""
    by_choice(portal, "PASSWORD", "WEB_AUTHN")
    cognito = portal.pool.cognito
    cognito.set_user_pool_mfa_config(
        UserPoolId=portal.pool.pool_id, WebAuthnConfiguration={"RelyingPartyId": "localhost"}
    )
    user, person = portal.pool.add_user(), Person(htmx=True)
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    token = person.client.session["tokens"]["access_token"]
    options = cognito.start_web_authn_registration(AccessToken=token)["CredentialCreationOptions"]
    cognito.complete_web_authn_registration(AccessToken=token, Credential=Authenticator().register(options))
    person.send(person.form(action="/sign-out/"))
    person.open("/sign-in/?flow=USER_AUTH&new=1&preferred=PASSWORD")
    person.send(person.form(flow="USER_AUTH"), username=user.username, password=user.password, remember="on")
    person.send(person.form(action="/sign-out/"))
    return person


def asked_again(person: Person) -> str:
    """As each sign-in page of this browser does; returns the form's address."""
    person.answers.append(person.client.get(URL, headers={"HX-Request": "true"}))
    return str(person.form(**{"data-mediation": "conditional"}).attributes["action"])


def test_t150_autofill_never_pushes_a_begun_sign_in_out(keeper: Person) -> None:
    """Every refused password brings a page, and with it another question that nobody may ever answer."""
    keeper.open("/sign-in/?flow=USER_AUTH&new=1&preferred=SELECT_CHALLENGE")
    keeper.send(keeper.form(flow="USER_AUTH"), username="somebody")
    begun = keeper.url
    addresses = [asked_again(keeper) for _ in range(10)]
    assert keeper.client.get(begun).status_code == 200
    assert keeper.client.get(addresses[-1]).status_code == 200
    assert keeper.client.get(addresses[0]).status_code == 422


def test_a_browser_that_keeps_no_username_is_asked_nothing(portal: Portal, person: Person) -> None:
    by_choice(portal, "PASSWORD", "WEB_AUTHN")
    answer = person.client.get(URL, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert URL not in person.open("/sign-in/?flow=USER_AUTH").html


def test_a_site_that_no_longer_lets_people_choose_asks_nothing(keeper: Person, settings: Settings) -> None:
    """The browser still keeps its username, and a page that was open before still renews its question."""
    asked_again(keeper)
    settings.SIGN_IN_FLOWS = ["USER_SRP_AUTH"]
    answer = keeper.client.get(URL, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (200, b"")
