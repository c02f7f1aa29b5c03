"""What one does with runs, as a person sees it: the list, keeping, slides, files; and that they are nobody else's."""

import json
import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from flows.inspector import runs
from flows.inspector.models import Entry, Run
from tests.flows.person import Person
from tests.flows.portal import Portal
from tests.inspector.watching import begin_to_inspect
from tests.pools import User

LIT = re.compile(r'<[^>]*class="[^"]*\blit\b[^>]*data-node="([A-Z_]+)"')
pytestmark = pytest.mark.django_db


@pytest.fixture
def somebody(portal: Portal) -> User:
    return portal.pool.add_user()


@pytest.fixture
def inspecting(portal: Portal) -> Person:
    return begin_to_inspect(Person(htmx=False))


@pytest.fixture
def refused(inspecting: Person, somebody: User) -> Person:
    """Has one run, of a wrong password."""
    inspecting.sign_in("USER_PASSWORD_AUTH", somebody.username, "Not the one 7!")
    return inspecting


def the_run() -> Run:
    return Run.objects.latest("began_at")


def addresses(run: Run) -> list[str]:
    here = f"/flows/runs/{run.pk}"
    return [f"{here}/", f"{here}/1/", f"{here}/delete/", f"{here}.json", f"{here}.md", f"{here}.svg"]


# -- The list ------------------------------------------------------------------------------------------------------
def test_an_empty_list_says_where_runs_come_from(portal: Portal) -> None:
    person = Person(htmx=False).open("/flows/runs/")

    assert "The inspector is off in this browser" in person.text
    assert "No runs yet" in person.text
    assert person.link("Choose a flow") == "/flows/"


def test_the_switch_of_the_list_leads_back_to_it(portal: Portal) -> None:
    person = Person(htmx=False).open("/flows/runs/")
    person.send(person.form(action="/flows/inspector/"))

    assert person.path == "/flows/runs/"
    assert "The inspector is on in this browser" in person.text


def test_a_run_is_listed_with_what_became_of_it(refused: Person, somebody: User) -> None:
    refused.open("/flows/runs/")

    assert f"USER_PASSWORD_AUTH as {somebody.username}" in refused.text
    assert "refused: NotAuthorizedException" in refused.text
    refused.sign_in("USER_PASSWORD_AUTH", somebody.username, somebody.password)
    refused.open("/flows/runs/")
    assert refused.text.index("signed in") < refused.text.index("refused: NotAuthorizedException"), "newest first"


def test_how_many_queries_a_list_takes_does_not_depend_on_the_runs(
    refused: Person, somebody: User, django_assert_num_queries: "pytest.FixtureRequest"
) -> None:
    refused.sign_in("USER_PASSWORD_AUTH", somebody.username, "Not the one 7!")
    with django_assert_num_queries(2):
        refused.client.get("/flows/runs/")


def test_a_page_with_a_problem_of_its_own_still_lets_one_keep_the_run(refused: Person) -> None:
    assert refused.status == 422
    assert refused.form(action=f"/flows/runs/{Run.objects.get().pk}/keep/")
    assert "Problem(" not in refused.html


# -- Keeping -------------------------------------------------------------------------------------------------------
def test_a_kept_run_outlives_the_day_and_one_that_was_let_go_does_not(refused: Person, somebody: User) -> None:
    run = the_run()
    refused.open("/flows/runs/")
    refused.send(refused.form(action=f"/flows/runs/{run.pk}/keep/"))
    assert (refused.path, "kept" in refused.text) == ("/flows/runs/", True)

    Run.objects.update(began_at=timezone.now() - timedelta(days=3))
    refused.sign_in("USER_PASSWORD_AUTH", somebody.username, "Not the one 7!")
    assert refused.open(f"/flows/runs/{run.pk}/").status == 200

    refused.open("/flows/runs/")
    refused.send(refused.form(action=f"/flows/runs/{run.pk}/keep/"))
    assert "goes when the next run begins" in refused.text
    refused.sign_in("USER_PASSWORD_AUTH", somebody.username, "Not the one 7!")
    assert refused.open(f"/flows/runs/{run.pk}/").status == 404


def test_a_name_keeps_a_run_and_stands_in_the_list(refused: Person) -> None:
    run = the_run()
    refused.open(f"/flows/runs/{run.pk}/")
    refused.send(refused.form(action=f"/flows/runs/{run.pk}/keep/", name=""), name="<b>Before the update</b>")

    assert (refused.path, refused.status) == (f"/flows/runs/{run.pk}/", 200)
    assert "Kept until you let it go" in refused.text
    refused.open("/flows/runs/")
    assert "<b>Before the update</b>" in refused.text
    assert "<b>" not in refused.html


def test_a_name_that_is_too_long_is_refused_where_it_was_typed(refused: Person) -> None:
    run = the_run()
    refused.open(f"/flows/runs/{run.pk}/")
    refused.send(refused.form(action=f"/flows/runs/{run.pk}/keep/", name=""), name="n" * 101)

    assert refused.status == 422
    assert refused.form(action=f"/flows/runs/{run.pk}/keep/", name="n" * 101)
    assert "at most 100 characters" in refused.text
    run.refresh_from_db()
    assert (run.kept, run.name) == (False, "")


def test_more_than_may_be_kept_are_refused_and_nothing_is_lost(
    refused: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = the_run()
    Run.objects.bulk_create(
        Run(pk=f"kept{at}", owner=run.owner, flow="USER_AUTH", kept=True, began_at=run.began_at)
        for at in range(runs.MOST_KEPT)
    )
    refused.open("/flows/runs/")
    refused.send(refused.form(action=f"/flows/runs/{run.pk}/keep/"))

    assert refused.status == 409
    assert "You keep 30 runs already. Let one go first." in refused.text
    assert Run.objects.count() == runs.MOST_KEPT + 1


def test_keeping_leads_back_to_where_one_is_and_to_no_other_site(refused: Person) -> None:
    address = f"/flows/runs/{the_run().pk}/keep/"
    refused.open("/flows/runs/")
    form = refused.form(action=address)
    for given, reached in (
        ("/sign-in/?new=1", "/sign-in/"),
        ("https://example.com/", f"/flows/runs/{the_run().pk}/"),
        ("//example.com/", f"/flows/runs/{the_run().pk}/"),
        ("/\\example.com/", f"/flows/runs/{the_run().pk}/"),
    ):
        answer = refused.client.post(address, form.values | {"next": given})
        assert (answer.status_code, urlsplit(answer["Location"])[1:3]) == (303, ("", reached)), given


def test_the_panel_keeps_a_run_without_leaving_the_page(refused: Person) -> None:
    run = the_run()
    refused.open("/flows/runs/")
    form = refused.form(action=f"/flows/runs/{run.pk}/keep/").values | {"kept": "1", "next": "/sign-in/"}
    answer = refused.client.post(f"/flows/runs/{run.pk}/keep/", form, headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert ">Kept<" in answer.content.decode()
    assert "<form" not in answer.content.decode()
    assert Run.objects.get().kept


def test_a_run_is_deleted_when_one_has_said_so_twice(refused: Person) -> None:
    run = the_run()
    refused.open(f"/flows/runs/{run.pk}/delete/")
    assert Run.objects.filter(pk=run.pk).exists()

    answer = refused.client.post(refused.path, refused.form(action=refused.path).values, follow=True)
    assert b"The run is deleted." in answer.content
    assert answer.redirect_chain[0][1] == 303, "only 303 after a form (T066)"
    assert refused.open(f"/flows/runs/{run.pk}/").status == 404


# -- Whose they are ------------------------------------------------------------------------------------------------
def test_runs_of_another_browser_are_not_there(refused: Person) -> None:
    run = the_run()
    stranger = begin_to_inspect(Person(htmx=False))
    stranger.open("/flows/runs/")
    form = stranger.form(action="/flows/inspector/").values

    for address in addresses(run):
        assert stranger.client.get(address).status_code == 404, address
    for address in (f"/flows/runs/{run.pk}/keep/", f"/flows/runs/{run.pk}/delete/"):
        assert stranger.client.post(address, form).status_code == 404
    assert "No runs yet" in stranger.open("/flows/runs/").text
    stranger.sign_in("USER_PASSWORD_AUTH", "nobody", "Not the one 7!")
    own = the_run().pk
    for pair in (f"a={run.pk}&b={own}", f"a={own}&b={run.pk}"):
        assert "One of these runs is not here" in stranger.open(f"/flows/runs/compare/?{pair}").text
    assert Run.objects.filter(pk=run.pk, kept=False).exists()


def test_from_another_machine_there_are_no_runs_at_all(refused: Person) -> None:
    for address in ["/flows/runs/", "/flows/runs/compare/", *addresses(the_run())]:
        assert refused.client.get(address).status_code == 200 or "compare" in address
        assert refused.client.get(address, REMOTE_ADDR="192.0.2.7").status_code == 404, address


def test_changes_want_a_post_and_a_token_of_the_page(refused: Person) -> None:
    run = the_run()

    assert refused.client.get(f"/flows/runs/{run.pk}/keep/").status_code == 405
    for address in (f"/flows/runs/{run.pk}/keep/", f"/flows/runs/{run.pk}/delete/"):
        assert refused.client.post(address, {"kept": "1"}).status_code == 403
    run.refresh_from_db()
    assert not run.kept


# -- Pages and files -----------------------------------------------------------------------------------------------
def test_a_run_shows_its_calls_its_map_and_who_said_what(refused: Person, somebody: User) -> None:
    refused.open(f"/flows/runs/{the_run().pk}/")

    assert "1 call, " in refused.text
    assert "Flow map of USER_PASSWORD_AUTH" in refused.html
    assert "Sequence diagram of this run" in refused.html
    assert "Portal asks User pool: InitiateAuth USER_PASSWORD_AUTH : PASSWORD" in refused.text
    assert somebody.password not in refused.html
    assert "Not the one 7!" not in refused.html


def test_slides_lead_to_each_other_and_end(refused: Person, somebody: User) -> None:
    refused.sign_in("USER_PASSWORD_AUTH", somebody.username, somebody.password)
    run = the_run()
    count = runs.last_number(run)
    assert count > 1

    refused.open(f"/flows/runs/{run.pk}/").open(refused.link("Play"))
    seen = [refused.path]
    assert 'role="link" aria-disabled="true"' in refused.html
    while "Next" in refused._read().links:
        refused.open(refused.link("Next"))
        seen.append(refused.path)
    assert seen == [f"/flows/runs/{run.pk}/{at}/" for at in range(1, count + 1)]
    assert refused.open(refused.link("Previous")).path == seen[-2]
    for number in (0, count + 1):
        assert refused.open(f"/flows/runs/{run.pk}/{number}/").status == 404


def test_a_slide_tells_what_happened_and_shows_the_map_of_then(refused: Person, somebody: User) -> None:
    refused.sign_in("USER_SRP_AUTH", somebody.username, somebody.password)
    run = the_run()
    refused.open(f"/flows/runs/{run.pk}/1/")

    assert "The portal called InitiateAuth USER_SRP_AUTH , which anybody may call, and brought" in refused.text
    assert "The pool asked for PASSWORD_VERIFIER" in refused.text
    assert LIT.findall(refused.html) == ["PASSWORD_VERIFIER"]
    refused.open(f"/flows/runs/{run.pk}/2/")
    assert "This server computed the proof" in refused.text
    assert "The pool gave tokens" in refused.text
    assert LIT.findall(refused.html) == ["TOKENS"]


def test_the_json_file_has_what_was_stored_and_says_what_it_is(refused: Person, somebody: User) -> None:
    run = the_run()
    answer = refused.client.get(f"/flows/runs/{run.pk}.json")
    document = json.loads(answer.content)

    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"].startswith('attachment; filename="user-password-auth-user-')
    assert answer["Content-Disposition"].endswith('.json"')
    assert (document["format"], document["version"]) == ("cognito-inspector-run", 1)
    assert document["run"]["username"] == somebody.username
    assert document["run"]["ended"] == "refused: NotAuthorizedException"
    assert document["entries"] == [{"number": 1, **run.entries.get().call}]
    assert run.owner not in answer.content.decode()


@pytest.mark.parametrize(
    "username", ['a"; filename="evil.exe', "../../etc/passwd", "a\r\nSet-Cookie: x=y", "日本", "-"]
)
def test_a_file_is_named_harmlessly_whatever_the_user_is_called(inspecting: Person, username: str) -> None:
    inspecting.sign_in("USER_PASSWORD_AUTH", username, "Not the one 7!")
    for extension in ("json", "md"):
        answer = inspecting.client.get(f"/flows/runs/{the_run().pk}.{extension}")
        name = answer["Content-Disposition"].removeprefix('attachment; filename="').removesuffix('"')
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
        assert name.count(".") == 1


def test_a_client_that_inspects_nothing_gets_no_cookie_from_these_pages(portal: Portal) -> None:
    client = Client(SERVER_NAME="localhost")
    client.get("/flows/runs/")

    assert "inspector" not in client.cookies


def test_looking_at_runs_adds_nothing_to_them(refused: Person, somebody: User) -> None:
    refused.sign_in("USER_PASSWORD_AUTH", somebody.username, somebody.password)
    run, count = the_run(), Entry.objects.count()
    for address in addresses(run):
        refused.open(address)

    assert Entry.objects.count() == count


@pytest.mark.parametrize("odd", ["%00", "%F0%9F%A6%8A", "a" * 300, "..", "%2e%2e"])
def test_t158_ids_that_are_none_are_not_there(refused: Person, odd: str) -> None:
    """PostgreSQL refuses some characters, and columns have a length."""
    for address in (f"/flows/runs/{odd}/", f"/flows/runs/{odd}/1/", f"/flows/runs/{odd}.json", f"/sign-in/{odd}/"):
        assert refused.client.get(address).status_code in (404, 422), address


def test_an_entry_that_the_page_shows_already_counts_up_there(portal: Portal, somebody: User) -> None:
    person = begin_to_inspect(Person(htmx=True))
    person.sign_in("USER_PASSWORD_AUTH", somebody.username, somebody.password, next="/account/")
    person.open("/sign-in/")  # which asks who is signed in
    run, shown = Run.objects.get(), Run.objects.get().entries.count()
    headers = {"HX-Request": "true", "Inspector-Shows": f"{run.pk}/{shown}"}
    answer = person.client.get("/sign-in/", headers=headers).content.decode()
    assert run.entries.count() == shown, "the same call again"
    facts = answer.partition(f'id="entry-{shown}-facts" hx-swap-oob="true">')[2].partition("</summary>")[0]
    assert re.search(r"\d+ times in a row</span>", facts), answer
