"""A refresh is a part of the run of its sign-in and begins nothing, not even by InitiateAuth."""

import re

import pytest
from pytest_django import Settings

from flows.inspector.models import Run
from tests.flows.person import Person
from tests.flows.portal import Portal
from tests.inspector import older_pool
from tests.inspector.watching import begin_to_inspect, entries, lit
from tests.pools import User

pytestmark = pytest.mark.django_db
TAKEN = re.compile(r'class="[^"]*\btaken\b[^"]*"[^>]*data-node="([A-Z_]+)"')


@pytest.fixture
def user(portal: Portal, settings: Settings) -> User:
    settings.COGNITO_TRANSPORT = older_pool.TRANSPORT
    settings.SESSION_RECHECK_SECONDS = 3600  # GetUser would end a session before a refresh can
    return portal.pool.add_user()


@pytest.fixture
def signed_in(user: User) -> Person:
    """By two calls, so that there is a way on the map."""
    person = begin_to_inspect(Person(htmx=False)).sign_in("USER_SRP_AUTH", user.username, user.password)
    assert person.path == "/account/", person.text
    return person


def renew(person: Person) -> int:
    """Renew tokens now; the number of the entry that it led to."""
    person.send(person.form(action="/account/renew/"))
    assert Run.objects.count() == 1
    flows = [call["request"].get("AuthFlow") for call in entries()]
    return flows.index("REFRESH_TOKEN_AUTH") + 1


def run_address() -> str:
    return f"/flows/runs/{Run.objects.get().pk}"


def transcript(person: Person) -> str:
    return str(person.client.get(f"{run_address()}.md").content.decode())


def test_the_way_on_the_map_stays(signed_in: Person) -> None:
    before = sorted(TAKEN.findall(signed_in.html))
    assert before == ["PASSWORD_VERIFIER", "TOKENS"]
    renew(signed_in)

    assert sorted(TAKEN.findall(signed_in.html)) == before
    assert lit(signed_in.html) == ["TOKENS"]
    assert "The way it took: `PASSWORD_VERIFIER` → `TOKENS`." in transcript(signed_in)


def test_a_refused_refresh_takes_nothing_back(signed_in: Person, portal: Portal, user: User) -> None:
    """The session is over with it; that the sign-in came to tokens stays true."""
    portal.pool.cognito.admin_user_global_sign_out(UserPoolId=portal.pool.pool_id, Username=user.username)
    refused = renew(signed_in)
    assert entries()[refused - 1]["error"] == "NotAuthorizedException"

    assert "Ended: `signed in`." in transcript(signed_in)
    signed_in.open("/flows/runs/")
    assert "signed in" in signed_in.html.partition("<main")[2]
    assert "refused: " not in signed_in.text


def test_amplifys_code_goes_on_from_the_sign_in(signed_in: Person) -> None:
    number = renew(signed_in)
    signed_in.open(f"{run_address()}/{number}/code/")
    assert "fetchAuthSession" in signed_in.text
    assert "USER_SRP_AUTH" in signed_in.text
