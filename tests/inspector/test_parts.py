"""What of an entry is seen without a click: in the panel what is new in it, on pages of runs everything."""

import re

import pytest

from flows.inspector.models import Run
from tests.flows.person import Person
from tests.flows.portal import Portal
from tests.inspector.watching import begin_to_inspect, panel

pytestmark = pytest.mark.django_db
_PART = re.compile(r'<details class="part[\w -]*"( open)?[^>]*><summary>(.*?)</summary>')
_WHY = re.compile(r'<p class="why">.*?</p>')


def last_parts(html: str) -> dict[str, bool]:
    """The newest entry's parts by their headings, and whether they stand open."""
    newest = html.rpartition('<li class="entry')[2]
    return {re.sub("<[^>]+>", "", heading): bool(opened) for opened, heading in _PART.findall(newest)}


def test_what_was_refused_is_seen_without_a_click(portal: Portal) -> None:
    """NotAuthorizedException alone says nothing; Cognito's sentence beside it does."""
    user, person = portal.pool.add_user(), begin_to_inspect(Person(htmx=False))
    person.sign_in("USER_PASSWORD_AUTH", user.username, "Not the one 7!")
    assert last_parts(panel(person.html)) == {"Request": False, "Answer": True, "The same in your own code": False}


def test_amplifys_name_of_a_step_is_seen_without_a_click(portal: Portal) -> None:
    invited, person = portal.pool.add_user(temporary=True), begin_to_inspect(Person(htmx=False))
    person.sign_in("USER_PASSWORD_AUTH", invited.username, invited.password)
    name = "What clients call it: CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED"
    assert last_parts(panel(person.html)) == {
        "Request": False,
        "Answer": False,
        name: False,
        "The same in your own code": False,
    }
    for page in ("", "1/"):
        person.open(f"/flows/runs/{Run.objects.get().pk}/{page}")
        assert last_parts(person.html)[name], "on paper nothing is opened"


def test_a_reason_is_written_alike_wherever_it_stands(portal: Portal) -> None:
    """Names of the protocol in it are code."""
    invited, person = portal.pool.add_user(temporary=True), begin_to_inspect(Person(htmx=False))
    person.sign_in("USER_PASSWORD_AUTH", invited.username, invited.password)
    (why,) = _WHY.findall(panel(person.html))
    assert why.count("<code>") > 1
    person.open(f"/flows/runs/{Run.objects.get().pk}/1/")
    assert set(_WHY.findall(person.html)) == {why}
