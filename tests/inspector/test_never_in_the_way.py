"""Whatever goes wrong with the inspector, a sign-in goes on as it does without one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection

from flows.inspector.models import Run
from tests.cognito.stub import Stub, refusal
from tests.flows.person import Person
from tests.flows.portal import Portal
from tests.inspector.watching import begin_to_inspect
from tests.pools import User
from tests.portal_fixtures import stub, stub_server

__all__ = ["stub", "stub_server"]  # fixtures
pytestmark = pytest.mark.django_db
FLOW = "USER_PASSWORD_AUTH"


@pytest.fixture
def user(portal: Portal) -> User:
    return portal.pool.add_user()


def operations(run: Run) -> list[str]:
    return [entry.call["operation"] for entry in run.entries.order_by("number")]


def without_tables(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
    """What SQLite says before ``manage.py migrate``."""
    if "flows_inspector" in sql or "inspector_" in sql:
        raise OperationalError("no such table")
    return execute(sql, *more)


def deletes_runs_meanwhile(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
    """Another tab that deletes the run after its calls are kept, before the request ends."""
    if sql.startswith("UPDATE") and "_run" in sql:
        for run in Run.objects.all():
            run.delete()
    return execute(sql, *more)


@pytest.mark.parametrize("trouble", [without_tables, deletes_runs_meanwhile])
def test_t145_a_sign_in_goes_on_without_its_run(portal: Portal, person: Person, trouble: Callable[..., Any]) -> None:
    user = portal.pool.add_user(temporary=True)
    begin_to_inspect(person)
    with connection.execute_wrapper(trouble):
        person.sign_in(FLOW, user.username, user.password, next="/account/")
        assert person.status == 200
        person.send(person.form(id="new-password"), new_password="Another one 7!", repeated="Another one 7!")
    assert (person.status, person.path) == (200, "/account/"), person.text


@pytest.mark.parametrize("count", ["9" * 5000, "9" * 30, "-1", "0", "²", "٣", "1e3", "1/2", ""])
def test_a_page_that_says_nonsense_of_what_it_shows_gets_its_answer(portal: Portal, count: str) -> None:
    user = portal.pool.add_user(temporary=True)
    person = begin_to_inspect(Person(htmx=True))
    person.sign_in(FLOW, user.username, user.password)
    form = person.form(id="new-password")
    headers = {"HX-Request": "true", "Inspector-Shows": f"{Run.objects.get().pk}/{count}"}
    answer = person.client.post(form.action, form.values | {"new_password": "short"}, headers=headers)
    assert answer.status_code == 422
    assert b'id="new-password"' in answer.content


@pytest.mark.parametrize("said", ["half a character \ud800", "zero \x00"])
def test_what_cannot_be_written_is_spelt_out(stub: Stub, db: None, person: Person, said: str) -> None:
    stub.answers["*"] = refusal("NotAuthorizedException", said)
    begin_to_inspect(person)
    person.sign_in(FLOW, "alice", "Not the one 7!")
    assert person.status == 422
    run = Run.objects.get()
    for address in ("/", ".json", ".md", "/1/", "/1/code/"):
        assert person.client.get(f"/flows/runs/{run.pk}{address}").status_code == 200
    assert run.entries.get().call["message"] in {"half a character \\ud800", "zero \\u0000"}


def test_another_users_recovery_in_another_tab_is_a_run_of_its_own(portal: Portal, user: User) -> None:
    first = begin_to_inspect(Person(htmx=False))
    first.sign_in(FLOW, user.username, "Not the one 7!")
    second, other = Person(htmx=False, client=first.client), portal.pool.add_user()
    form = second.open("/recover/").form(action="/recover/")
    del form.values["have"]  # the other button's
    second.send(form, username=other.username)
    told = {run.username: operations(run) for run in Run.objects.all()}
    assert told == {user.username: ["InitiateAuth"], other.username: ["ForgotPassword"]}


def test_what_follows_upon_a_deleted_run_is_in_no_other_one(portal: Portal, user: User) -> None:
    first = begin_to_inspect(Person(htmx=False))
    first.sign_in(FLOW, user.username, "Not the one 7!")
    second, other = Person(htmx=False, client=first.client), portal.pool.add_user(temporary=True)
    second.sign_in(FLOW, other.username, other.password)
    Run.objects.get(username=other.username).delete()
    second.send(second.form(id="new-password"), new_password="Another one 7!", repeated="Another one 7!")
    second.open("/account/")
    told = [operations(run) for run in Run.objects.order_by("began_at")]
    assert told[0] == ["InitiateAuth"]
    assert told[1][:2] == ["RespondToAuthChallenge", "GetUser"]
    assert len(told) == 2


def test_what_was_signed_in_before_the_inspector_was_on_is_one_run_of_its_own(portal: Portal, user: User) -> None:
    person = begin_to_inspect(Person(htmx=False))
    person.sign_in(FLOW, user.username, "Not the one 7!")
    person.send(person.form(action="/flows/inspector/"), on="0")
    other = portal.pool.add_user()
    person.sign_in(FLOW, other.username, other.password, next="/account/")
    person.send(person.form(action="/flows/inspector/"), on="1")
    for _ in range(3):
        person.open("/account/")
    assert next(run.entries.count() for run in Run.objects.order_by("began_at")) == 1
    assert Run.objects.count() == 2
