"""One story for each legal order of challenges, told with htmx and with scripting off.

Nobody lists the orders: ``flows.management.orders`` reads them off the pool's policy. A rule that changes brings its
stories along.
"""

import base64
import hmac
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.plugin import blocking_manager_key

from flows.pool.models import UserPool
from tests import boto, pools
from tests.flows import overheard
from tests.flows.orders import SignIn, chains, covering, sign_ins
from tests.flows.person import Person
from tests.flows.pools import CHOICE
from tests.flows.portal import CONNECTION, Portal
from tests.flows.walker import Walker

pytestmark = pytest.mark.django_db


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The same stories in the same order, whoever collects them."""
    told: dict[str, Any] = {
        "sign_in": lambda htmx: sign_ins(htmx=htmx),
        "chain": lambda _htmx: chains(),
        "covered": lambda htmx: covering() if htmx else (),
    }
    name = next(name for name in told if name in metafunc.fixturenames)
    with metafunc.config.stash[blocking_manager_key].unblock():  # for a database of their own, in memory
        stories = [(htmx, story) for htmx in (True, False) for story in told[name](htmx)]
    metafunc.parametrize(("htmx", name), stories, ids=_named)


def _named(value: Any) -> str:
    if isinstance(value, bool):
        return "htmx" if value else "no-script"
    return str(value[0] if isinstance(value, tuple) else value)


@pytest.fixture(scope="module")
def ground(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Portal]:
    """One pool for all stories, each of which leaves it as it was: nothing that happens in a story is committed.
    To make a pool and to unseal its keys takes as long as a short story."""
    with django_db_blocker.unblock():
        pool = pools.create(boto.in_process(), endpoint=django_settings.POOL_ENDPOINT)
        app = pool.add_app(flows=CHOICE)
    yield Portal(pool, app)
    with django_db_blocker.unblock():
        UserPool.objects.filter(pk=pool.pool_id).delete()


@pytest.fixture
def portal(ground: Portal, db: None, settings: Settings) -> Portal:
    settings.COGNITO_CONNECTION, settings.COGNITO_TRANSPORT, settings.DEMO_CONFIG = CONNECTION, overheard.TRANSPORT, ""
    return ground.use(ground.app)


def goes_as_planned(walker: Walker, sign_in: SignIn) -> None:
    """The pool asks these challenges, the person sees these steps, and is signed in."""
    overheard.begin()
    assert walker.walk(sign_in) == sign_in.pages(htmx=walker.person.htmx), walker.person.text
    assert overheard.challenges() == sign_in.asked


def test_every_legal_order(portal: Portal, htmx: bool, sign_in: SignIn) -> None:
    walker = Walker(portal=portal, person=Person(htmx=htmx), situation=sign_in.situation)
    walker.arrange()
    goes_as_planned(walker, sign_in)
    assert (walker.person.status, walker.person.path) == (200, "/account/")
    assert walker.email in walker.person.text


def test_the_next_sign_in_of_a_browser_that_is_remembered(
    portal: Portal, htmx: bool, chain: tuple[SignIn, SignIn]
) -> None:
    """The pool asks for the word of those who have a script, and takes it for granted of the others."""
    first, again = chain
    walker = Walker(portal=portal, person=Person(htmx=htmx), situation=first.situation, tracks=True, asks=htmx)
    walker.arrange()
    goes_as_planned(walker, first)
    if walker.asks:
        walker.person.send(walker.person.form(id="remember-device"), remember="yes")
    walker.leave()
    assert again.order[-2:] == ("DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER")
    goes_as_planned(walker, again)
    assert walker.person.path == "/account/"


def test_t015_a_client_with_a_secret_proves_it_with_every_call(portal: Portal, htmx: bool, covered: SignIn) -> None:
    app = portal.pool.add_app(secret=True, flows=CHOICE)
    walker = Walker(portal=portal, person=Person(htmx=htmx), situation=covered.situation)
    walker.arrange()
    portal.use(app)
    overheard.begin()
    assert walker.walk(covered) == covered.pages(htmx=htmx), walker.person.text
    assert walker.person.path == "/account/"
    calls = [each.request for each in overheard.exchanges() if {"AuthFlow", "ChallengeName"} & each.request.keys()]
    assert calls
    for request in calls:
        given = request.get("AuthParameters") or request["ChallengeResponses"]
        message = given["USERNAME"] + app.client_id
        proof = hmac.digest(str(app.client_secret).encode(), message.encode(), "sha256")
        assert request["ClientId"] == app.client_id
        assert given["SECRET_HASH"] == base64.b64encode(proof).decode()
