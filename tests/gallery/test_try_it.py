""" "Try it": which flow it begins, as whom, and whom it tells what."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from pytest_django import Settings

from flows.gallery.cards import Card
from flows.gallery.catalog import CARDS
from flows.pool.models import UserPool
from flows.signin.entries import ENTRIES
from tests.flows import overheard
from tests.gallery.conftest import Demo, Visitor, press_try_it, session_of

pytestmark = pytest.mark.django_db
SRP, PASSWORD = CARDS["user-srp-auth"], CARDS["user-password-auth"]
every_card = pytest.mark.parametrize("card", CARDS.values(), ids=list(CARDS))
switched: list[bool] = []


def switch(request: HttpRequest, response: HttpResponse, *, on: bool) -> None:
    """Stands for the inspector's (settings.INSPECTOR_SWITCH)."""
    switched.append(on)
    response["X-Switched"] = "on" if on else "off"


def signed_in_as_carol(demo: Demo, visitor: Visitor) -> Visitor:
    visitor.sign_in("USER_SRP_AUTH", "carol", demo.password_of("carol"), next="/account/")
    assert visitor.path == "/account/"
    return visitor


def asks_for_password(visitor: Visitor) -> bool:
    return 'type="password"' in visitor.html


@every_card
def test_it_lands_in_that_very_flow_with_that_user_filled_in(demo: Demo, visitor: Visitor, card: Card) -> None:
    press_try_it(visitor, card)
    query = parse_qs(urlsplit(visitor.url).query)
    entry = "USER_SRP_AUTH" if card.trying.passkey else card.trying.entry  # nobody has a passkey in a fresh demo
    assert (visitor.status, visitor.path, query["flow"], query["new"]) == (200, "/sign-in/", [entry], ["1"])
    form = visitor.form(action="/sign-in/", flow=entry)
    assert form.values["username"] == card.trying.username
    if card.trying.preferred and not card.trying.passkey:
        assert form.values["preferred"] == card.trying.preferred.removeprefix("SELECT_CHALLENGE")
    assert (card.trying.about or demo.users[card.trying.username]["about"]) in visitor.text
    shown = 2 if asks_for_password(visitor) else 0  # to read, and to copy
    assert visitor.html.count(demo.password_of(card.trying.username)) == shown


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "no-script"])
def test_it_goes_all_the_way(demo: Demo, htmx: bool) -> None:
    visitor = Visitor(htmx=htmx)
    press_try_it(visitor, PASSWORD)
    visitor.send(visitor.form(flow="USER_PASSWORD_AUTH"), password=demo.password_of("alice"))
    assert (visitor.path, "alice@example.com" in visitor.text) == ("/account/", True)


def test_neither_name_nor_password_is_in_an_address_and_no_password_in_the_session(
    demo: Demo, visitor: Visitor
) -> None:
    visitor.open("/flows/")
    answer = visitor.client.post("/flows/user-srp-auth/try/", visitor.form(action="/flows/user-srp-auth/try/").values)
    assert answer.status_code == 303
    assert "alice" not in answer.headers["Location"]
    assert answer.headers["Location"] == "/sign-in/?flow=USER_SRP_AUTH&new=1&next=/account/"
    assert demo.password_of("alice") not in str(dict(session_of(visitor).items()))
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_stays_through_reloads_and_refusals_and_goes_with_the_sign_in(demo: Demo, visitor: Visitor) -> None:
    press_try_it(visitor, PASSWORD)
    password = demo.password_of("alice")
    assert password in visitor.open(visitor.url).html
    visitor.send(visitor.form(flow="USER_PASSWORD_AUTH"), password="wrong")
    assert (visitor.status, password in visitor.html) == (422, True)
    visitor.send(visitor.form(flow="USER_PASSWORD_AUTH"), password=password)
    assert visitor.path == "/account/"
    again = visitor.open("/sign-in/?flow=USER_PASSWORD_AUTH&new=1&confirm=1")
    assert again.form(flow="USER_PASSWORD_AUTH").values["username"] == "alice", "who is to confirm"
    assert password not in again.html


def test_the_password_comes_with_the_question_for_it(demo: Demo, visitor: Visitor) -> None:
    card = CARDS["user-auth"]
    password = demo.password_of(card.trying.username)
    press_try_it(visitor, card)
    assert password not in visitor.html, "judy may choose a code"
    visitor.send(visitor.form(action="/sign-in/"))
    assert password not in visitor.html
    visitor.send(visitor.form(id="first-factor"), answer="PASSWORD")
    assert visitor.html.count(password) == 2


def test_who_plays_another_part_is_told_as_that(demo: Demo, visitor: Visitor) -> None:
    press_try_it(visitor, CARDS["custom-without-srp"])
    assert "You are alice , who answers questions and needs no password." in visitor.text
    assert not asks_for_password(visitor)


def test_it_stays_beside_later_questions_to_that_user_and_to_nobody_else(demo: Demo, visitor: Visitor) -> None:
    press_try_it(visitor, CARDS["new-password-required"])
    visitor.type_srp(visitor.form(**{"data-srp": "start"}), demo.password_of("bob"))
    assert "Choose a new password" in visitor.text
    assert "You are bob , who has a temporary password" in visitor.text
    press_try_it(visitor, SRP)
    visitor.type_srp(visitor.form(**{"data-srp": "start"}), demo.password_of("bob"), username="bob")
    assert "Choose a new password" in visitor.text
    assert demo.password_of("alice") not in visitor.html


def test_another_way_to_sign_in_is_not_filled_in(demo: Demo, visitor: Visitor) -> None:
    press_try_it(visitor, PASSWORD)
    other = visitor.open("/sign-in/?flow=USER_SRP_AUTH&new=1")
    assert other.form(**{"data-srp": "start"}).values["username"] == ""
    assert demo.password_of("alice") not in other.html


def test_whoever_is_signed_in_is_signed_out_and_the_button_says_so(demo: Demo, visitor: Visitor) -> None:
    signed_in_as_carol(demo, visitor)
    refresh_token = session_of(visitor)["tokens"]["refresh_token"]
    visitor.open("/flows/user-srp-auth/")
    assert "(signs out carol@example.com )" in visitor.text
    overheard.begin()
    visitor.send(visitor.form(action="/flows/user-srp-auth/try/"))
    told = [call.request["Token"] for call in overheard.exchanges("RevokeToken")]
    assert told == [refresh_token], "her tokens end as they do at the sign-out button"
    assert visitor.form(**{"data-srp": "start"}).values["username"] == "alice"
    assert visitor.open("/account/").path == "/sign-in/"


def test_somebody_without_a_passkey_makes_one_first(demo: Demo, visitor: Visitor) -> None:
    card = CARDS["user-auth-web-authn"]
    visitor.open("/flows/")
    assert "Without a passkey so far" in visitor.text
    press_try_it(visitor, card)
    visitor.type_srp(visitor.form(**{"data-srp": "start"}), demo.password_of("carol"))
    assert visitor.path == "/account/passkeys/add/"


def test_it_switches_the_inspector_on(demo: Demo, visitor: Visitor, settings: Settings) -> None:
    settings.INSPECTOR_SWITCH = f"{__name__}.switch"
    switched.clear()
    press_try_it(visitor, SRP)
    assert switched == [True]


# -- Refused -------------------------------------------------------------------------------------------------------
def test_only_a_form_of_this_site_can_do_it(demo: Demo, visitor: Visitor) -> None:
    signed_in_as_carol(demo, visitor)
    assert visitor.client.get("/flows/user-srp-auth/try/").status_code == 405
    assert visitor.client.post("/flows/user-srp-auth/try/").status_code == 403
    assert visitor.open("/account/").path == "/account/", "still signed in"
    assert "sign_in_hint" not in session_of(visitor)


@pytest.mark.parametrize("path", ["nothing-of-that-name/", "nothing-of-that-name/try/", "user-srp-auth/try/x/"])
def test_an_unknown_flow_is_no_address(demo: Demo, visitor: Visitor, path: str) -> None:
    assert visitor.open(f"/flows/{path}").status == 404


@pytest.mark.parametrize("stranger", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}])
def test_a_browser_that_may_not_see_the_demo_is_told_nothing(demo: Demo, stranger: dict[str, str]) -> None:
    visitor = Visitor(htmx=False, client=Client(enforce_csrf_checks=True, SERVER_NAME="localhost", **stranger))  # type: ignore[arg-type]
    for path in ("/flows/", *(f"/flows/{slug}/" for slug in CARDS)):
        page = visitor.open(path).html
        assert visitor.status == 200
        assert "/try/" not in page
        assert not [user for user in demo.users.values() if user["password"] in page or user["about"] in page]
    token = visitor.open("/sign-in/").form(action="/sign-in/").values["csrfmiddlewaretoken"]
    answer = visitor.client.post("/flows/user-srp-auth/try/", {"csrfmiddlewaretoken": token})
    assert answer.status_code == 404


def test_a_hint_that_was_left_is_shown_to_no_other_machine(demo: Demo, visitor: Visitor) -> None:
    """The cookie is carried elsewhere: the name was chosen there, the password is looked up here."""
    press_try_it(visitor, PASSWORD)
    page = visitor.client.get(visitor.url, REMOTE_ADDR="192.0.2.7").content.decode()
    assert demo.password_of("alice") not in page


# -- Other sites ---------------------------------------------------------------------------------------------------
def test_in_front_of_a_real_pool_there_are_links_and_nobody_to_try_it_as(
    db: None, visitor: Visitor, settings: Settings
) -> None:
    settings.DEMO_CONFIG = ""
    page = visitor.open("/flows/").html
    assert "/try/" not in page
    links = re.findall(r'href="(/sign-in/\?flow=[^"]+)"', page)
    assert {parse_qs(urlsplit(link).query)["flow"][0] for link in links} == {entry.name for entry in ENTRIES}
    assert all(visitor.open(link.replace("&amp;", "&")).status == 200 for link in links)


def test_what_the_site_does_not_offer_is_named(demo: Demo, visitor: Visitor, settings: Settings) -> None:
    settings.SIGN_IN_FLOWS = ["USER_SRP_AUTH"]
    visitor.open("/flows/user-password-auth/")
    assert "USER_PASSWORD_AUTH is missing in its setting SIGN_IN_FLOWS" in visitor.text
    values = visitor.open("/flows/user-srp-auth/").form(action="/flows/user-srp-auth/try/").values
    assert visitor.client.post("/flows/user-password-auth/try/", values).status_code == 404


def test_a_demo_of_an_older_version_lacks_people(demo: Demo, visitor: Visitor, settings: Settings) -> None:
    settings.DEMO_CONFIG = f"{__name__}.older_demo"
    assert "Needs the demo user judy" in visitor.open("/flows/user-auth-sms-otp/").text


def test_before_a_demo_is_made_there_is_none(demo: Demo, visitor: Visitor) -> None:
    UserPool.objects.all().delete()
    assert (visitor.open("/flows/").status, "/try/" in visitor.html) == (200, False)


def older_demo(_request: HttpRequest) -> dict[str, object]:
    return {"users": [{"username": "alice", "password": "-", "about": "-"}], "usersWithPasskey": []}
