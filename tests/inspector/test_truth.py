"""The inspector tells the truth, and no secret: what it keeps and shows, held against the wire, order by order."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.plugin import blocking_manager_key

from flows.inspector.models import Run
from flows.pool.models import UserPool
from flows.steps.table import STEPS
from tests import boto, pools
from tests.flows import overheard
from tests.flows.orders import SignIn, covering
from tests.flows.person import Person
from tests.flows.pools import CHOICE
from tests.flows.portal import CONNECTION, Portal
from tests.flows.walker import Walker
from tests.inspector import canaries
from tests.inspector.leaves import Ledger, compare_calls
from tests.inspector.watching import begin_to_inspect, entries, everywhere, lit, panel

pytestmark = pytest.mark.django_db
_FORM = re.compile(r'<form id="([a-z-]+)"')
_CHALLENGE = {step.slug: step.challenge for step in STEPS}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    with metafunc.config.stash[blocking_manager_key].unblock():  # for a database of their own, in memory
        metafunc.parametrize("sign_in", list(covering()), ids=str)


@pytest.fixture(scope="module")
def ground(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Portal]:
    with django_db_blocker.unblock():
        pool = pools.create(boto.in_process(), endpoint=django_settings.POOL_ENDPOINT)
        app = pool.add_app(flows=CHOICE, secret=True)
    yield Portal(pool, app)
    with django_db_blocker.unblock():
        UserPool.objects.filter(pk=pool.pool_id).delete()


@pytest.fixture
def walkers(ground: Portal, db: None, settings: Settings, sign_in: SignIn) -> list[Walker]:
    """Two people at one browser, the second with scripting off; but there are no passkeys without a script."""
    settings.COGNITO_CONNECTION, settings.COGNITO_TRANSPORT, settings.DEMO_CONFIG = CONNECTION, overheard.TRANSPORT, ""
    plain = ground.use(ground.pool.add_app(flows=CHOICE))  # the set-up proves no secret
    browser = Person(htmx=True).client
    people = [Person(htmx=htmx, client=browser) for htmx in (True, False) if htmx or "WEB_AUTHN" not in sign_in.order]
    walkers = [Walker(portal=plain, person=person, situation=sign_in.situation) for person in people]
    for walker in walkers:
        walker.arrange()
    ground.use(ground.app)
    return walkers


def test_t154_every_order_is_shown_as_it_was_and_no_secret_with_it(
    ground: Portal, walkers: list[Walker], sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    first, *second = walkers
    begin_to_inspect(first.person)
    overheard.begin()
    pages = _walk(first, sign_in)
    for walker in second:
        first.leave()
        pages += _walk(walker, sign_in)
    ledger = Ledger()
    compare_calls(ledger, entries(), overheard.exchanges())
    assert Run.objects.count() == len(walkers)

    assert _sessions(overheard.exchanges()) <= ledger.hidden
    of_people = {secret for walker in walkers for secret in (walker.password, walker.secret) if secret}
    seen = {f"{part.__name__} {at}": part(page) for at, page in enumerate(pages) for part in (panel, canaries.on_page)}
    places = {"log": caplog.text, **seen, **everywhere(first.person.client)}
    found = canaries.found({*ledger.hidden, *of_people, str(ground.app.client_secret)}, places)
    assert not found, found
    names = {place for place, _ in canaries.found({walkers[-1].username}, places)}
    assert names >= {"pool_pooluser.username", "inspector_entry.call", f"on_page {len(pages) - 1}"}, "it can find"


def _walk(walker: Walker, sign_in: SignIn) -> list[str]:
    """To the account; every page on the way. Each that asks has its node lit."""
    person = walker.person
    before = len(person.answers)
    walker.walk(sign_in)
    assert person.path == "/account/", person.text
    pages = [answer.content.decode() for answer in person.answers[before:]]
    for page in pages:
        if (form := _FORM.search(page)) and form[1] in _CHALLENGE:
            assert lit(page) == [_CHALLENGE[form[1]]], form[1]
    assert lit(pages[-1]) == ["TOKENS"]
    return pages


def _sessions(exchanges: list[Any]) -> set[str]:
    return {each.answer["Session"] for each in exchanges if each.answer.get("Session")}
