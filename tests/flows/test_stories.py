"""One story per AuthFlow, told once with htmx and once with scripting off."""

import re

import pytest
from django.contrib.auth.models import Group, User

from tests.flows.person import Person
from tests.flows.portal import Portal
from tests.pools import new_password

FLOWS = ["USER_SRP_AUTH", "USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("flow", FLOWS)
def test_somebody_signs_in_and_out(portal: Portal, person: Person, flow: str) -> None:
    user = portal.pool.add_user()
    person.sign_in(flow, user.username, user.password, next="/account/%3Ftab=claims")
    assert (person.status, person.url) == (200, "/account/?tab=claims")
    assert user.email in person.text
    person.send(person.form(action="/sign-out/"))
    assert person.path == "/"
    assert "You are signed out" in person.text
    person.open("/account/")
    assert person.path == "/sign-in/"


def test_after_a_wrong_proof_a_reload_shows_the_start_form_with_the_username(portal: Portal) -> None:
    user = portal.pool.add_user()
    person = Person(htmx=True).sign_in("USER_SRP_AUTH", user.username, "wrong", next="/account/%3Fx=1")
    person.open(person.url)
    form = person.form(**{"data-srp": "start"})
    assert (form.values["username"], form.values["next"]) == (user.username, "/account/?x=1")


@pytest.mark.parametrize("flow", FLOWS)
def test_a_wrong_password_keeps_the_username_and_tells_nothing(portal: Portal, person: Person, flow: str) -> None:
    user = portal.pool.add_user()
    person.sign_in(flow, user.username, "wrong " + user.password)
    assert person.status == 422
    assert "Incorrect username or password." in person.text
    assert person.form(flow=flow).values["username"] == user.username
    assert "wrong " not in person.html
    assert not User.objects.exists()


@pytest.mark.parametrize("flow", FLOWS)
def test_after_a_wrong_password_the_right_one_works(portal: Portal, person: Person, flow: str) -> None:
    user = portal.pool.add_user()
    person.sign_in(flow, user.username, "wrong")
    if flow == "USER_SRP_AUTH" and person.htmx:
        person.type_srp(person.form(**{"data-srp": "start"}), user.password)
    else:
        person.send(person.form(flow=flow), password=user.password)
    assert person.path == "/account/"


@pytest.mark.parametrize("flow", FLOWS)
def test_t017_an_unknown_user_looks_like_a_wrong_password(portal: Portal, person: Person, flow: str) -> None:
    known = portal.pool.add_user().username
    stranger = known.replace("user-", "none-")
    seen = []
    for name in (known, stranger):
        again = Person(htmx=person.htmx).sign_in(flow, name, "wrong")
        varies = {"Content-Security-Policy", "HX-Replace-Url"}  # a nonce and a random id
        headers = {key: value for key, value in again.answer.headers.items() if key not in varies}
        html = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", again.html).replace(name, "")
        seen.append((again.status, headers, sorted(again.client.cookies), html))
    assert seen[0] == seen[1]


@pytest.mark.parametrize("flow", FLOWS)
def test_a_temporary_password_must_be_replaced(portal: Portal, person: Person, flow: str) -> None:
    user = portal.pool.add_user(temporary=True)
    person.sign_in(flow, user.username, user.password, next="/account/")
    assert "Choose a new password" in person.text
    assert person.path.startswith("/sign-in/")
    person.send(person.form(id="new-password"), new_password="short")
    assert person.status == 422
    assert "Password not long enough" in person.text
    person.send(person.form(id="new-password"), new_password=new_password())
    assert (person.status, person.path) == (200, "/account/")


@pytest.mark.parametrize("flow", FLOWS)
def test_it_also_works_with_a_client_that_has_a_secret(portal: Portal, person: Person, flow: str) -> None:
    portal.use(portal.pool.add_app(secret=True))
    user = portal.pool.add_user(temporary=True)
    person.sign_in(flow, user.username, user.password)
    person.send(person.form(id="new-password"), new_password=new_password())
    assert person.path == "/account/"
    person.send(person.form(everywhere="1"))
    assert "here and everywhere else" in person.text


@pytest.mark.parametrize("flow", FLOWS)
def test_a_reload_in_mid_flow_finds_the_very_step(portal: Portal, person: Person, flow: str) -> None:
    user = portal.pool.add_user(temporary=True)
    person.sign_in(flow, user.username, user.password, next="/account/")
    step = person.url
    for again in (step, "/sign-in/", "/sign-in/?next=/elsewhere/"):
        assert "Choose a new password" in person.open(again).text
        assert person.url == step
    person.send(person.form(id="new-password"), new_password=new_password())
    assert person.path == "/account/"


def test_a_reload_during_srp_asks_for_the_password_again(portal: Portal) -> None:
    """srp-form.mjs keeps its half in memory; after a reload the form posts a fresh SRP_A and the server starts over."""
    user = portal.pool.add_user()
    person = Person(htmx=True)
    person.open("/sign-in/?next=/account/")
    person.send(person.form(**{"data-srp": "start"}), username=user.username, srp_a="ab12")
    step = person.url
    person.open(step)
    person.type_srp(person.form(**{"data-srp": "verifier"}), user.password)
    assert person.path == "/account/"


def test_scripting_switched_off_in_mid_flow(portal: Portal) -> None:
    user = portal.pool.add_user()
    person = Person(htmx=True)
    person.open("/sign-in/?next=/account/")
    person.send(person.form(**{"data-srp": "start"}), username=user.username, srp_a="ab12")
    plain = Person(htmx=False, client=person.client).open(person.url)
    plain.send(plain.form(srp="server"), password=user.password)
    assert plain.path == "/account/"


@pytest.mark.parametrize(
    "hostile", ["https://evil.example/", "//evil.example", "/\\evil.example", "/a\r\nSet-Cookie: b=c"]
)
def test_t110_t111_a_hostile_next_leads_to_the_default_page(portal: Portal, person: Person, hostile: str) -> None:
    user = portal.pool.add_user(temporary=True)
    person.open("/sign-in/?flow=USER_PASSWORD_AUTH")
    form = person.form(flow="USER_PASSWORD_AUTH")
    person.send(form, username=user.username, password=user.password, next=hostile)
    person.send(person.form(id="new-password"), new_password=new_password())
    assert person.url == "/account/"


def test_the_django_user_is_made_of_the_claims(portal: Portal, person: Person) -> None:
    user = portal.pool.add_user()
    Group.objects.create(name="elsewhere")
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    signed_in = User.objects.get()
    assert re.fullmatch(r"[0-9a-f-]{36}", signed_in.username), "the sub"
    assert not signed_in.groups.exists()
    assert signed_in.email == user.email
    assert not signed_in.has_usable_password()


def test_use_another_account_starts_a_separate_attempt(portal: Portal, person: Person) -> None:
    first, second = portal.pool.add_user(temporary=True), portal.pool.add_user(temporary=True)
    person.sign_in("USER_PASSWORD_AUTH", first.username, first.password)
    waiting = person.url
    person.open("/sign-in/?new=1&flow=USER_PASSWORD_AUTH")
    person.send(person.form(flow="USER_PASSWORD_AUTH"), username=second.username, password=second.password)
    assert person.url != waiting
    assert second.username in person.text
    assert first.username in person.open(waiting).text
