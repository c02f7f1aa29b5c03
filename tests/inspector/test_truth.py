"""The inspector tells the truth, and no secret: what it keeps and shows, held against the wire, order by order."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.plugin import blocking_manager_key

from flows.inspector.models import Entry, Run
from flows.pool.models import UserPool
from flows.steps.table import STEPS
from tests import boto, pools
from tests.flows import overheard
from tests.flows.orders import SignIn, covering
from tests.flows.person import Person
from tests.flows.pools import CHOICE
from tests.flows.portal import CONNECTION, Portal
from tests.flows.walker import Walker
from tests.inspector.leaves import Ledger, compare_calls
from tests.inspector.watching import begin_to_inspect, entries, lit, panel

pytestmark = pytest.mark.django_db
_FORM = re.compile(r'<form id="([a-z-]+)"')
_CHALLENGE = {step.slug: step.challenge for step in STEPS}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    with metafunc.config.stash[blocking_manager_key].unblock():  # for a database of their own, in memory
        stories = [(htmx, story) for story in covering() for htmx in (True, False)]
    told = [each for each in stories if each[0] or "WEB_AUTHN" not in each[1].order]
    metafunc.parametrize(("htmx", "sign_in"), told, ids=str)


@pytest.fixture(scope="module")
def ground(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Portal]:
    with django_db_blocker.unblock():
        pool = pools.create(boto.in_process(), endpoint=django_settings.POOL_ENDPOINT)
        app = pool.add_app(flows=CHOICE, secret=True)
    yield Portal(pool, app)
    with django_db_blocker.unblock():
        UserPool.objects.filter(pk=pool.pool_id).delete()


@pytest.fixture
def walker(ground: Portal, db: None, settings: Settings, htmx: bool, sign_in: SignIn) -> Walker:
    settings.COGNITO_CONNECTION, settings.COGNITO_TRANSPORT, settings.DEMO_CONFIG = CONNECTION, overheard.TRANSPORT, ""
    plain = ground.use(ground.pool.add_app(flows=CHOICE))  # the set-up proves no secret
    walker = Walker(portal=plain, person=Person(htmx=htmx), situation=sign_in.situation)
    walker.arrange()
    ground.use(ground.app)
    return walker


def test_t154_every_order_is_shown_as_it_was_and_no_secret_with_it(
    walker: Walker, sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    person = walker.person
    begin_to_inspect(person)
    before = len(person.answers)
    overheard.begin()
    walker.walk(sign_in)
    assert person.path == "/account/", person.text

    ledger = Ledger()
    compare_calls(ledger, entries(), overheard.exchanges())
    assert _sessions(overheard.exchanges()) <= ledger.hidden
    secrets = ledger.hidden | {walker.password, *filter(None, [walker.secret])}

    pages = [answer.content.decode() for answer in person.answers[before:]]
    kept = [json.dumps(list(rows), default=str) for rows in (Entry.objects.values(), Run.objects.values())]
    for place in (*kept, caplog.text, *map(panel, pages)):
        assert [secret for secret in secrets if secret in place] == []

    assert Run.objects.count() == 1
    for page in pages:
        if (form := _FORM.search(page)) and form[1] in _CHALLENGE:
            assert lit(page) == [_CHALLENGE[form[1]]], form[1]
    assert lit(pages[-1]) == ["TOKENS"]


def _sessions(exchanges: list[Any]) -> set[str]:
    return {each.answer["Session"] for each in exchanges if each.answer.get("Session")}
