"""Who may inspect, where it is on, and that nobody sees the runs of somebody else."""

import json
import re
import time
from typing import Any

import pytest
from django.contrib.auth.models import User as DjangoUser
from django.core import signing
from django.test import Client
from pytest_django import Settings

from flows.inspector import runs
from flows.inspector.models import Entry, Run
from flows.inspector.switch import COOKIE
from tests.flows.person import Person
from tests.flows.portal import Portal
from tests.inspector.watching import begin_to_inspect, entries
from tests.pools import User

pytestmark = pytest.mark.django_db
FLOW = "USER_PASSWORD_AUTH"
OFFER = "Inspect what goes over the wire"


@pytest.fixture
def user(portal: Portal) -> User:
    return portal.pool.add_user()


@pytest.fixture
def in_production(settings: Settings) -> None:
    """No demo: only users who are named may inspect."""
    settings.DEMO_GUARD = ""


def signed_in(person: Person, user: User) -> str:
    """Signs in; returns the ``sub``."""
    person.sign_in(FLOW, user.username, user.password, next="/account/")
    assert person.path == "/account/", person.text
    return str(DjangoUser.objects.get(email=user.email).username)


def named_and_inspecting(person: Person, user: User, settings: Settings) -> None:
    """Signed in, the only one who is named, and the inspector is on."""
    settings.INSPECTOR_USERS = [signed_in(person, user)]
    person.open("/account/")
    person.send(person.form(action="/flows/inspector/"), on="1")


def test_nothing_is_kept_of_a_browser_that_does_not_ask_for_it(portal: Portal, person: Person, user: User) -> None:
    signed_in(person, user)
    assert OFFER in person.text
    assert not Run.objects.exists()


def test_on_until_it_is_switched_off(portal: Portal, person: Person, user: User) -> None:
    begin_to_inspect(person)
    signed_in(person, user)
    person.send(person.form(action="/flows/inspector/"), on="0")
    seen = len(entries())
    assert seen >= 2
    person.open("/account/")
    assert OFFER in person.text
    assert len(entries()) == seen


@pytest.mark.parametrize(
    "stranger",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
    ],
    ids=["another machine", "through a proxy"],
)
def test_t152_the_demo_is_inspected_from_its_own_machine_only(
    portal: Portal, user: User, settings: Settings, stranger: dict[str, Any]
) -> None:
    settings.DEMO_CONFIG = ""
    person = begin_to_inspect(Person(htmx=False))
    client = person.client
    assert OFFER not in client.get("/sign-in/?new=1", **stranger).content.decode()
    page = client.get(f"/sign-in/?flow={FLOW}&new=1", **stranger)
    assert 'class="inspector"' not in page.content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())
    assert token
    form = {"csrfmiddlewaretoken": token[1], "flow": FLOW, "username": user.username, "password": user.password}
    switch = {"csrfmiddlewaretoken": token[1], "on": "1"}
    assert client.post("/flows/inspector/", switch, **stranger).status_code == 404
    assert client.post("/sign-in/", form, **stranger).status_code == 303
    assert not Run.objects.exists()


def test_t113_the_switch_takes_a_form_of_this_site(portal: Portal, person: Person) -> None:
    person.open("/sign-in/?new=1")
    assert person.client.post("/flows/inspector/", {"on": "1"}).status_code == 403
    assert person.client.get("/flows/inspector/?on=1").status_code == 405
    assert COOKIE not in person.client.cookies


@pytest.mark.parametrize(
    "next",
    [
        *("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", ""),
        *("/a\r\nSet-Cookie: x=1", "/a b", "/" + "a" * 9000),  # what no header takes (T111)
    ],
    ids=lambda next: repr(next[:24]),
)
def test_t110_the_switch_leads_nowhere_else(portal: Portal, person: Person, next: str) -> None:
    person.open("/sign-in/?new=1")
    person.send(person.form(action="/flows/inspector/"), on="1", next=next)
    assert person.path == "/sign-in/"


def test_a_run_is_its_browsers(portal: Portal, person: Person, user: User) -> None:
    begin_to_inspect(person)
    signed_in(person, user)
    run = Run.objects.get()
    assert person.client.get(f"/flows/runs/{run.pk}/1/code/").status_code == 200
    other = begin_to_inspect(Person(htmx=False))
    assert other.client.get(f"/flows/runs/{run.pk}/1/code/").status_code == 404
    assert Client(SERVER_NAME="localhost").get(f"/flows/runs/{run.pk}/1/code/").status_code == 404
    assert person.client.get(f"/flows/runs/{run.pk}/99/code/").status_code == 404


@pytest.mark.parametrize(
    "value",
    ["", "1", "{}", signing.dumps({"id": "x", "sub": "", "on": True}, salt="another")],
    ids=["nothing", "a number", "a document", "signed for something else"],  # the same in every process of a test run
)
def test_t001_a_cookie_that_we_did_not_sign_says_nothing(
    portal: Portal, person: Person, user: User, value: str
) -> None:
    person.client.cookies[COOKIE] = value
    signed_in(person, user)
    assert not Entry.objects.exists()
    assert OFFER in person.text


# -- In front of a real pool -------------------------------------------------------------------------------------------
def test_only_who_is_named_may(
    portal: Portal, person: Person, user: User, settings: Settings, in_production: None
) -> None:
    person.open("/sign-in/?new=1")
    assert OFFER not in person.text
    sub = signed_in(person, user)
    assert OFFER not in person.text
    settings.INSPECTOR_USERS = ["somebody-else"]
    assert OFFER not in person.open("/account/").text
    settings.INSPECTOR_USERS = [sub]
    assert OFFER in person.open("/account/").text


def test_it_stays_on_for_the_next_sign_in_of_who_is_named(
    portal: Portal, person: Person, user: User, settings: Settings, in_production: None
) -> None:
    named_and_inspecting(person, user, settings)
    person.send(person.form(action="/sign-out/"))
    before = len(entries())
    signed_in(person, user)
    assert [call["operation"] for call in entries()][before:][:1] == ["InitiateAuth"]

    settings.INSPECTOR_USERS = []
    seen = len(entries())
    assert 'class="inspector"' not in person.open("/account/").html
    assert len(entries()) == seen


def test_t152_switching_makes_it_last_no_longer(
    portal: Portal, person: Person, user: User, settings: Settings, in_production: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    named_and_inspecting(person, user, settings)
    person.send(person.form(action="/sign-out/"))
    began, clock = time.time(), time.time
    for hours, status in ((11, 200), (13, 404)):
        monkeypatch.setattr(time, "time", lambda hours=hours: clock() + hours * 3600)
        assert person.client.get("/flows/runs/").status_code == status, hours
        if status == 200:
            person.open("/flows/runs/")
            person.send(person.form(action="/flows/inspector/"), on="1")
    assert clock() - began < 3600


def test_t152_runs_of_who_signed_out_are_nobodys_to_see(
    portal: Portal, person: Person, user: User, settings: Settings, in_production: None
) -> None:
    """The next sign-in is recorded in that browser, and shown; it belongs to whom it is of once they are signed in."""
    named_and_inspecting(person, user, settings)
    person.open("/account/")
    first = Run.objects.get()
    assert person.client.get(f"/flows/runs/{first.pk}/").status_code == 200
    person.send(person.form(action="/sign-out/"))
    for page in ("", "1/", "1/code/"):
        assert person.client.get(f"/flows/runs/{first.pk}/{page}").status_code == 404, page
    assert first.pk not in person.open("/flows/runs/").html
    assert first.pk not in person.open("/").html, "nor in the panel"

    person.open(f"/sign-in/?flow={FLOW}&new=1")
    person.send(person.form(flow=FLOW), username=user.username, password="wrong")
    second = Run.objects.get(flow=FLOW)
    assert second.pk in person.html
    assert person.client.get(f"/flows/runs/{second.pk}/1/code/").status_code == 200
    signed_in(person, user)
    assert not Run.objects.filter(pk=second.pk).exists(), "anybody may have typed that"
    third = Run.objects.get(flow=FLOW)
    for run in (first, third):
        assert person.client.get(f"/flows/runs/{run.pk}/").status_code == 200
    person.send(person.form(action="/sign-out/"))
    for run in Run.objects.all():
        assert person.client.get(f"/flows/runs/{run.pk}/").status_code == 404


def test_what_was_kept_before_signing_in_stays_kept_within_what_one_may_keep(
    portal: Portal,
    person: Person,
    user: User,
    settings: Settings,
    in_production: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(runs, "MOST_KEPT", 1)
    monkeypatch.setattr(runs, "MOST_UNKEPT", 3)
    named_and_inspecting(person, user, settings)
    for _ in range(3):
        person.send(person.form(action="/sign-out/"))
        person.open(f"/sign-in/?flow={FLOW}&new=1")
        person.send(person.form(flow=FLOW), username=user.username, password="wrong")
        refused = Run.objects.latest("began_at")
        person.open(f"/flows/runs/{refused.pk}/")
        person.send(person.form(action=f"/flows/runs/{refused.pk}/keep/"), kept="1")
        signed_in(person, user)
        assert person.client.get(f"/flows/runs/{refused.pk}/").status_code == 200
        assert Run.objects.get(kept=True) == refused, "the newest of those that were kept"
        assert Run.objects.filter(kept=False).count() <= 3


def test_t152_somebody_else_at_the_same_browser_is_not_recorded_and_sees_no_runs(
    portal: Portal, person: Person, user: User, settings: Settings, in_production: None
) -> None:
    named_and_inspecting(person, user, settings)
    person.send(person.form(action="/sign-out/"))
    other = portal.pool.add_user()
    signed_in(person, other)
    assert not Run.objects.filter(username=other.username).exists()
    assert other.email not in json.dumps([entry.call for entry in Entry.objects.all()])
    assert 'class="inspector"' not in person.open("/account/").html
    assert person.client.get("/flows/runs/").status_code == 404
    before = len(entries())
    person.send(person.form(action="/sign-out/"))
    signed_in(person, other)
    assert len(entries()) == before
