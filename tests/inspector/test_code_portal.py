"""The same call in other words: the portal's own code is that which made it, and its places exist."""

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from flows.cognito.exchange import OPERATIONS
from flows.inspector.code import portal, sources
from flows.steps.table import STEPS
from tests.inspector.code_reading import call, tab
from tests.inspector.examples import REQUESTS


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)
def test_our_own_code_is_that_of_the_step(step: Any) -> None:
    """The row, the form, the function that answers and the view, with their places."""
    asked = call(
        "InitiateAuth",
        REQUESTS["InitiateAuth"],
        answer={"ChallengeName": str(step.challenge)},
        step=step.slug,
    )
    given = {"password": {"PASSWORD": "p"}, "password-srp": {"SRP_A": "a"}, "email-setup": {"EMAIL": "e"}}
    chosen = step.slug in {"password", "password-srp"}  # Cognito gets the choice and the proof in one answer
    request = {
        "ClientId": "c",
        "ChallengeName": "SELECT_CHALLENGE" if chosen else str(step.challenge),
        "ChallengeResponses": {"USERNAME": "alice", **given.get(step.slug, {})},
    }
    shown = tab("portal", call("RespondToAuthChallenge", request), before=[asked])
    if step.slug == "mfa-setup-choice":  # its answer is no call
        return
    assert f'slug="{step.slug}"' in shown.text
    assert "# flows/steps/table.py, line " in shown.text
    function = step.automatic or step.submit
    assert f"def {function.__name__}(" in shown.text
    assert step.automatic or f"class {step.form.__name__}(" in shown.text
    view = ("flows/signin/progress.py", "go_on") if step.automatic else ("flows/signin/views.py", "step")
    last = shown.excerpts[-1]
    assert (last.path, last.name) == view
    assert f"# {last.path}, line {last.line}\n" in shown.text


@pytest.mark.parametrize("flow", ["USER_SRP_AUTH", "USER_AUTH", "CUSTOM_AUTH", "REFRESH_TOKEN_AUTH"])
def test_our_own_code_says_who_wants_it(flow: str) -> None:
    request = {"AuthFlow": flow, "ClientId": "c", "AuthParameters": {"USERNAME": "alice"}}
    shown = tab("portal", call("InitiateAuth", request))
    wants = "def _refresh(" if flow.startswith("REFRESH") else "def start(request"
    assert wants in shown.text


@pytest.mark.parametrize(
    ("given", "runs", "runs_not"),
    [
        ({}, {"_choice", "choice"}, {"srp", "initiate"}),
        ({"PREFERRED_CHALLENGE": "EMAIL_OTP"}, {"_choice", "choice"}, {"srp", "initiate"}),
        (
            {"PREFERRED_CHALLENGE": "PASSWORD_SRP", "SRP_A": "a"},
            {"_choice", "_srp", "srp"},
            {"choice", "_password_factor", "initiate"},
        ),
        (
            {"PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": "p"},
            {"_choice", "_password_factor", "initiate"},
            {"choice", "_srp", "srp"},
        ),
    ],
)
def test_our_own_code_of_a_choice_is_that_of_what_was_preferred(
    given: dict[str, str], runs: set[str], runs_not: set[str]
) -> None:
    request = {"AuthFlow": "USER_AUTH", "ClientId": "c", "AuthParameters": {"USERNAME": "alice", **given}}
    shown = {each.name for each in tab("portal", call("InitiateAuth", request)).excerpts}
    assert runs <= shown
    assert not runs_not & shown


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_our_own_code_leads_to_its_files(operation: str) -> None:
    """Each excerpt by a link, to the line on which it begins."""
    shown = tab("portal", call(operation, REQUESTS[operation]))
    assert shown.places == shown.excerpts != ()
    for place in shown.places:
        address, _, anchor = place.url.partition("#")
        page = Client(SERVER_NAME="localhost").get(address).content.decode()
        line = page.partition(f'<span id="{anchor}">')[2].partition("\n")[0]
        words = unescape(re.sub("<[^>]+>", "", line)).strip()
        assert words == place.text.partition("\n")[0].strip() != ""


@pytest.mark.parametrize(
    ("route", "wants"),
    [
        ("sign-out/", "def sign_out(request"),
        ("flows/<card:card>/try/", "def sign_in_as(request"),
        ("sign-in/<str:attempt>/", "def done(request"),
        ("", "def sign_out(request"),
    ],
)
def test_our_own_code_says_what_ended_the_tokens(route: str, wants: str) -> None:
    made = replace(call("RevokeToken", REQUESTS["RevokeToken"]), via={"id": "1", "route": route})
    assert wants in tab("portal", made).excerpts[-1].text
    assert "def revoke_token(" in tab("portal", made).text


def test_without_the_docs_the_places_are_those_in_the_code(settings: Settings) -> None:
    settings.ROOT_URLCONF = "flows.inspector.urls"
    shown = tab("portal", call("GetUser", REQUESTS["GetUser"]))
    assert shown.places == ()
    assert "# flows/cognito/account.py, line " in shown.text


def test_the_places_of_our_own_code_exist() -> None:
    """A function that was renamed is named here, not when somebody opens the tab."""
    places = [
        *portal._BEGINNINGS.values(),
        *(place for places in portal._WITH_PROOF.values() for place in places),
        *(place for places in portal._OPERATIONS.values() for place in places),
        portal._REVOKE,
        *(place for _, places in portal._REVOKED for place in places),
        *(place for kinds in portal._SOFTWARE_TOKEN.values() for places in kinds.values() for place in places),
    ]
    for path, name in places:
        excerpt = sources.definition(path, name)
        assert excerpt.text.startswith(("def ", "@", "class "))


def test_a_place_that_is_not_there_says_so() -> None:
    with pytest.raises(sources.NotThere, match="no_such_function"):
        sources.definition("flows/cognito/auth.py", "no_such_function")
    with pytest.raises(sources.NotThere):
        sources.row("flows/steps/table.py", "Step", slug="no-such-step")
