"""Who said what in a run, as the page tells it in words and in its picture."""

import re
from copy import deepcopy
from html import unescape
from xml.etree import ElementTree

import pytest

from flows.inspector.masking.masks import mask
from flows.inspector.models import Run
from tests.flows.person import Person
from tests.flows.portal import Portal
from tests.inspector.watching import begin_to_inspect

pytestmark = pytest.mark.django_db


@pytest.fixture
def tracking(portal: Portal) -> Portal:
    """A pool that remembers every browser."""
    device = {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": False}
    portal.pool.cognito.update_user_pool(UserPoolId=portal.pool.pool_id, DeviceConfiguration=device)
    return portal


def story(person: Person, number: int) -> str:
    """The slide of that call, as text."""
    return person.open(f"/flows/runs/{Run.objects.latest('began_at').pk}/{number}/").text


def said(person: Person) -> list[str]:
    """The lines below the picture, without their numbers."""
    person.open(f"/flows/runs/{Run.objects.latest('began_at').pk}/")
    words = person.html.partition('class="in-words"')[2].partition("</details>")[0]
    lines = [unescape(re.sub("<[^>]+>", "", line)) for line in words.split("<li>")[1:]]
    assert [line.partition(". ")[0] for line in lines] == [str(at) for at in range(1, len(lines) + 1)]
    return [line.partition(". ")[2].partition("\n")[0].strip() for line in lines]


def test_with_scripts_the_browser_proves_and_each_call_has_its_request(portal: Portal) -> None:
    user = portal.pool.add_user()
    person = begin_to_inspect(Person(htmx=True)).sign_in("USER_SRP_AUTH", user.username, user.password)

    assert said(person)[:9] == [
        "Browser asks Portal: POST /sign-in/",
        "Portal asks User pool: InitiateAuth USER_SRP_AUTH: SRP_A",
        "User pool answers Portal: PASSWORD_VERIFIER: SALT, SECRET_BLOCK, SRP_B",
        "Portal answers Browser: the page for PASSWORD_VERIFIER",
        "Browser, to itself: proves the password: u, timestamp, signature",
        "Browser asks Portal: POST /sign-in/<attempt>/",
        (
            "Portal asks User pool: RespondToAuthChallenge PASSWORD_VERIFIER: PASSWORD_CLAIM_SECRET_BLOCK, "
            "PASSWORD_CLAIM_SIGNATURE, TIMESTAMP"
        ),
        "User pool answers Portal: tokens: AccessToken, ExpiresIn, TokenType, RefreshToken, IdToken",
        "Portal answers Browser: signed in: the tokens stay on the server",
    ]


def test_without_scripts_the_portal_proves_and_one_request_has_two_calls(portal: Portal) -> None:
    user = portal.pool.add_user()
    person = begin_to_inspect(Person(htmx=False)).sign_in("USER_SRP_AUTH", user.username, user.password)
    lines = said(person)

    assert lines.index("Browser asks Portal: POST /sign-in/") == 0
    assert lines[3] == "Portal, to itself: proves the password: u, timestamp, signature"
    assert not [line for line in lines[1:5] if "Browser" in line]
    assert "Browser, to itself: proves the password: u, timestamp, signature" not in lines


def test_a_remembered_device_proves_a_secret_of_its_own(tracking: Portal) -> None:
    """By the portal, which keeps it; the password has been proved before."""
    user = tracking.pool.add_user()
    person = Person(htmx=True).sign_in("USER_SRP_AUTH", user.username, user.password)
    person.send(person.form(action="/sign-out/"))
    begin_to_inspect(person).sign_in("USER_SRP_AUTH", user.username, user.password)

    proofs = [line for line in said(person) if "proves" in line]
    assert proofs == [
        "Browser, to itself: proves the password: u, timestamp, signature",
        "Portal, to itself: proves the device's secret: u, timestamp, signature",
    ]
    stories = [story(person, number) for number in range(1, 5)]
    assert "In the browser" not in stories[3]
    assert "The browser computed the proof of the password, which itself went nowhere." in stories[1]
    assert "This server computed the proof of the device's secret" in stories[3]
    assert [text.count("whoever made it knows the password.") for text in stories] == [0, 1, 0, 0]
    assert [text.count("whoever made it knows the device's secret.") for text in stories] == [0, 0, 0, 1]


def test_a_proof_claims_no_more_than_it_proves(portal: Portal) -> None:
    """Anybody can send a number as B, and how long Cognito takes a proof for fresh nobody has said."""
    user = portal.pool.add_user()
    person = begin_to_inspect(Person(htmx=True)).sign_in("USER_SRP_AUTH", user.username, user.password)
    told = story(person, 2)

    assert "hides the pool's random number. It proves nothing" in told
    assert "only who has the verifier" not in told
    assert "so that an old proof can be told from a new one" in told
    assert "minutes" not in told


def test_the_picture_can_be_taken_along(portal: Portal) -> None:
    user = portal.pool.add_user()
    person = begin_to_inspect(Person(htmx=True)).sign_in("USER_SRP_AUTH", user.username, user.password)
    run = Run.objects.get()
    run.name = "A <name> & more"
    run.save()
    answer = person.client.get(f"/flows/runs/{run.pk}.svg")
    assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert answer["Content-Disposition"].startswith('attachment; filename="user-srp-auth-')
    picture = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
    told = " ".join(" ".join(picture.itertext()).split())
    assert "A <name> & more: who said what" in told
    assert "RespondToAuthChallenge PASSWORD_VERIFIER" in told
    assert not [each for each in picture.iter() if each.tag.endswith("}a")], "no links into this site"


def test_a_refusal_is_an_answer_too_and_who_says_nothing_is_not_drawn(portal: Portal) -> None:
    user = portal.pool.add_user()
    person = begin_to_inspect(Person(htmx=True)).sign_in("USER_PASSWORD_AUTH", user.username, "Not the one 7!")

    assert said(person)[-2:] == [
        "User pool answers Portal: NotAuthorizedException: Incorrect username or password.",
        "Portal answers Browser: says what went wrong",
    ]
    assert ">Lambda<" not in person.html


def test_requests_that_ran_side_by_side_are_drawn_one_below_the_other(portal: Portal) -> None:
    user = portal.pool.add_user()
    person = begin_to_inspect(Person(htmx=False)).sign_in("USER_SRP_AUTH", user.username, user.password)
    one_after_the_other = said(person)
    entries = Run.objects.get().entries
    second, third = (entries.get(number=number) for number in (2, 3))
    assert second.call["via"]["id"] == entries.get(number=1).call["via"]["id"] != third.call["via"]["id"]
    for entry, number in ((third, 99), (second, 3), (third, 2)):
        entries.filter(pk=entry.pk).update(number=number)

    assert said(person) == one_after_the_other


def test_a_proof_is_told_with_the_values_of_the_call_that_asked_for_it(portal: Portal) -> None:
    """Another attempt in the same run may have asked since: it had another secret block."""
    user = portal.pool.add_user()
    person = begin_to_inspect(Person(htmx=False)).sign_in("USER_SRP_AUTH", user.username, user.password)
    run = Run.objects.get()
    for entry in run.entries.filter(number__gt=1).order_by("-number"):
        run.entries.filter(pk=entry.pk).update(number=entry.number + 1)
    asked = run.entries.get(number=1).call
    another = deepcopy(asked) | {"via": asked["via"] | {"id": "another"}}
    another["answer"]["ChallengeParameters"] |= {"SRP_B": "b0b", "SECRET_BLOCK": mask("SECRET_BLOCK", "another")}
    run.entries.create(number=2, call=another, begins=True)

    person.open(f"/flows/runs/{run.pk}/")
    proof = person.html.partition('id="entry-3"')[2].partition("</dl>")[0]
    assert "<summary>In this server</summary>" in proof
    assert asked["answer"]["ChallengeParameters"]["SRP_B"] in proof
    assert ">b0b<" in person.html, "the other one's, which is told beside its own call"
    assert ">b0b<" not in proof
