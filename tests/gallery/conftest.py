"""The demo as the gallery offers it, and somebody in front of a browser who tries it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from authsite.demo_functions import TRIGGERS
from flows.gallery.cards import Card
from flows.pool.demo import seed
from flows.pool.models import UserPool
from flows.signin.sessions import SessionStore
from tests.flows import overheard
from tests.flows.person import Form, Person
from tests.flows.questions import Questions
from tests.lambda_api import Event, Functions, running
from tests.older_directory import directory
from tests.pools import User


class Visitor(Person):
    """Keeps what this browser has posted, form by form."""

    def __init__(self, *, htmx: bool, client: Client | None = None) -> None:
        super().__init__(htmx=htmx, client=client)
        self.posted: list[dict[str, str]] = []

    def send(self, form: Form, **values: str) -> "Visitor":
        self.posted.append(form.values | values)
        super().send(form, **values)
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    pool_id: str
    client_id: str
    users: dict[str, dict[str, Any]]

    def password_of(self, username: str) -> str:
        return str(self.users[username]["password"])


@pytest.fixture(scope="module")
def installed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The id of the demo's pool, made once for all tests of a module: nothing that they do to it is committed."""
    with django_db_blocker.unblock():
        pool_id = seed.install().pool_id
    yield pool_id
    with django_db_blocker.unblock():
        UserPool.objects.filter(pk=pool_id).delete()


@pytest.fixture
def demo(installed: str, db: None, settings: Settings) -> Demo:
    """The demo's pool, overheard, without an inspector. Its functions are never called: see ``functions``."""
    settings.COGNITO_TRANSPORT, settings.LAMBDA_HANDLERS = overheard.TRANSPORT, {}
    settings.LAMBDA_ENDPOINT_URL, settings.INSPECTOR_SWITCH = "http://127.0.0.1:9", ""
    overheard.begin()
    client_id = seed.get().main_client_id
    return Demo(
        pool_id=installed, client_id=client_id, users={user["username"]: user for user in seed.config()["users"]}
    )


@pytest.fixture(scope="module")
def lambda_server() -> Iterator[Functions]:
    with running() as functions:
        yield functions


@pytest.fixture
def functions(lambda_server: Functions, demo: Demo, settings: Settings) -> Functions:
    """The demo's functions, played by those of the tests: one question, and ivan in the older directory."""
    settings.LAMBDA_ENDPOINT_URL = lambda_server.url
    ivan = User(username="ivan", password=demo.password_of("ivan"), email="ivan@example.com")
    questions = Questions(lambda_server)

    def define(event: Event) -> Event:
        """Whoever brings SRP_A along proves the password first."""
        with_srp = [each["challengeName"] for each in event["request"]["session"]][:1] == ["SRP_A"]
        questions.first = ("SRP_A", "PASSWORD_VERIFIER") if with_srp else ()
        return questions.define(event)

    played = {
        "DefineAuthChallenge": define,
        "CreateAuthChallenge": questions.create,
        "VerifyAuthChallengeResponse": questions.verify,
        "UserMigration": directory(ivan),
    }
    lambda_server.by_name = {TRIGGERS[trigger]: function for trigger, function in played.items()}
    lambda_server.events.clear()
    return lambda_server


@pytest.fixture
def visitor() -> Visitor:
    return Visitor(htmx=True)


def press_try_it(visitor: Visitor, card: Card) -> Visitor:
    """From the gallery to the sign-in page."""
    visitor.open("/flows/")
    visitor.send(visitor.form(action=f"/flows/{card.slug}/try/"))
    overheard.begin()
    visitor.posted.clear()
    return visitor


def by_proof(visitor: Visitor, password: str) -> None:
    """The password, as the filled-in form of USER_SRP_AUTH takes it."""
    visitor.type_srp(visitor.form(**{"data-srp": "start"}), password)


def session_of(visitor: Visitor) -> SessionStore:
    """This browser's session, to look into."""
    return SessionStore(visitor.client.cookies[django_settings.SESSION_COOKIE_NAME].value)
