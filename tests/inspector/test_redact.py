"""What is masked although nobody thought of it, and that whoever watches changes nothing."""

import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from flows.inspector import runs
from flows.inspector.masking import redact
from flows.inspector.masking.masks import MASKED
from flows.inspector.models import Entry, Run
from tests.flows.person import Person
from tests.flows.pools import require_mfa, with_phone
from tests.flows.portal import Portal
from tests.inspector.watching import begin_to_inspect, entries, panel
from tests.pools import User

FLOW = "USER_PASSWORD_AUTH"
CANARY = "a canary that sings"


@pytest.mark.parametrize(
    "whole",
    [
        {"SomethingNew": CANARY},
        {"AuthParameters": {"USERNAME": "alice", "A_NEW_SECRET": CANARY}},
        {"ChallengeResponses": {"ANSWER": CANARY}, "ChallengeName": "CUSTOM_CHALLENGE"},
        {"ChallengeResponses": {"userAttributes.custom:pin": CANARY}},
        {"ChallengeParameters": {"hint": CANARY}},
        {"ClientMetadata": {"reason": CANARY}},
        {"UserAttributes": [{"Name": "custom:pin", "Value": CANARY}]},
        {"request": {"privateChallengeParameters": {"answer": CANARY}}},
        {"request": {"session": [{"challengeName": "CUSTOM_CHALLENGE", "challengeMetadata": f"CODE-{CANARY}"}]}},
        {"request": {"userAttributes": {"custom:pin": CANARY}}},
        {"response": {"claimsOverrideDetails": {"claimsToAddOrOverride": {"role": CANARY}}}},
        {"response": {"emailMessage": CANARY}},
        [CANARY],
        {"AuthParameters": [CANARY, {"USERNAME": CANARY}]},
        {"ClientId": {"nested": CANARY}},
        {"Limit": b"bytes " + CANARY.encode()},
    ],
    ids=repr,
)
def test_t154_what_the_list_does_not_name_is_masked(whole: Any) -> None:
    shown = redact.tree(whole if isinstance(whole, dict) else {"Parts": whole})
    assert CANARY not in json.dumps(shown)
    assert MASKED in json.dumps(shown)


def test_t154_what_repeats_a_secret_is_masked_too() -> None:
    shown = redact.tree({"AuthParameters": {"USERNAME": f"alice {CANARY}", "PASSWORD": CANARY}})
    assert CANARY not in json.dumps(shown)
    assert redact.message(f"{CANARY} is no password.", {"Password": CANARY}) == "••• is no password."


def test_the_answer_to_a_choice_is_seen() -> None:
    chosen = {"ChallengeName": "SELECT_MFA_TYPE", "ChallengeResponses": {"ANSWER": "SMS_MFA"}}
    assert redact.tree(chosen) == chosen


@pytest.mark.parametrize("junk", ["", "a.b", "a.!!!.c", "..", "a.bnVsbA.c", 7, None, ["a"]])
def test_a_token_that_is_none_is_masked_all_the_same(junk: Any) -> None:
    masked = redact.tree({"AuthenticationResult": {"IdToken": junk}})["AuthenticationResult"]["IdToken"]
    assert masked is None if junk is None else "a.b" not in json.dumps(masked)


# -- Whoever watches changes nothing -----------------------------------------------------------------------------------
@pytest.fixture
def user(portal: Portal) -> User:
    return portal.pool.add_user()


def fails(*_arguments: object, **_facts: object) -> None:
    raise RuntimeError(CANARY)


@pytest.mark.django_db
@pytest.mark.parametrize("setting", ["COGNITO_OBSERVER", "POOL_OBSERVER"])
def test_t154_an_observer_that_fails_stops_nobody_and_its_text_is_not_logged(
    portal: Portal, person: Person, user: User, settings: Settings, caplog: pytest.LogCaptureFixture, setting: str
) -> None:
    setattr(settings, setting, f"{__name__}.fails")
    begin_to_inspect(person)
    person.sign_in(FLOW, user.username, user.password, next="/account/")
    assert person.path == "/account/"
    assert "RuntimeError" in caplog.text
    assert CANARY not in caplog.text


@pytest.mark.django_db
def test_t150_runs_that_nobody_keeps_are_few_and_go(
    portal: Portal, person: Person, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "MOST_UNKEPT", 3)
    begin_to_inspect(person)
    for _ in range(5):
        person.sign_in(FLOW, user.username, "Not the one 7!")
    assert Run.objects.count() == 3
    assert {run.username for run in Run.objects.all()} == {user.username}


@pytest.mark.django_db
def test_a_refusal_is_an_entry(portal: Portal, person: Person, user: User) -> None:
    begin_to_inspect(person)
    person.sign_in(FLOW, user.username, "Not the one 7!")
    call = entries()[0]
    assert (call["operation"], call["error"]) == ("InitiateAuth", "NotAuthorizedException")
    assert call["message"] == "Incorrect username or password."
    assert call["answer"] is None
    assert "NotAuthorizedException" in person.html


@pytest.mark.django_db
def test_t062_two_tabs_are_two_runs(portal: Portal, user: User) -> None:
    first = begin_to_inspect(Person(htmx=True))
    second = Person(htmx=True, client=first.client)
    other = portal.pool.add_user()
    pages = []
    for person in (first, second):
        person.open("/sign-in/?flow=USER_SRP_AUTH&new=1&next=/account/")
        pages.append(person.form(**{"data-srp": "start"}))
    first.type_srp(pages[0], "Not the one 7!", username=user.username)
    second.type_srp(pages[1], "Not the one 7!", username=other.username)
    told = {
        run.username: [each.call["operation"] for each in run.entries.order_by("number")] for run in Run.objects.all()
    }
    assert told == {name: ["InitiateAuth", "RespondToAuthChallenge"] for name in (user.username, other.username)}


@pytest.mark.django_db
def test_a_page_that_asks_the_same_each_time_is_one_entry(portal: Portal, person: Person, user: User) -> None:
    begin_to_inspect(person)
    person.sign_in(FLOW, user.username, user.password, next="/account/")
    person.open("/sign-in/")  # which says who is signed in
    kept, heard = Entry.objects.count(), len(entries())
    for _ in range(4):
        person.open("/sign-in/")
    assert (Entry.objects.count(), len(entries())) == (kept, heard + 4)
    assert "times in a row" in person.open("/account/").text


@pytest.mark.django_db
def test_two_wrong_codes_are_two_entries(portal: Portal, person: Person, user: User) -> None:
    require_mfa(portal, "SMS_MFA")
    with_phone(portal, user)
    begin_to_inspect(person)
    person.sign_in(FLOW, user.username, user.password)
    for code in ("000000", "000001"):
        person.send(person.form(id="sms-mfa"), code=code)
        assert person.status == 422
    assert [entry.call["error"] for entry in Entry.objects.order_by("number")][1:] == ["CodeMismatchException"] * 2
    assert panel(person.html).count("CodeMismatchException") >= 1


@pytest.mark.django_db
def test_a_browser_that_does_not_inspect_asks_the_database_nothing_more(
    portal: Portal, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.DEMO_CONFIG = ""
    client = Client(SERVER_NAME="localhost")
    client.get("/sign-in/?new=1")
    with django_assert_num_queries(0):
        assert client.get("/sign-in/?new=1").status_code == 200
