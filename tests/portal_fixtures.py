"""Fixtures of everything that tests the portal; the conftest files of its rooms import them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from pytest_django import Settings

from tests import pools
from tests.cognito import stub as stubs
from tests.cognito.stub import Stub
from tests.flows.person import Person
from tests.flows.portal import CONNECTION, Portal

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient


@pytest.fixture
def portal(db: None, settings: Settings, cognito: "CognitoIdentityProviderClient") -> Portal:
    """A pool of the test's own and the portal as its public app client."""
    settings.COGNITO_CONNECTION, settings.DEMO_CONFIG = CONNECTION, ""
    pool = pools.create(cognito, endpoint=settings.POOL_ENDPOINT)
    app = pool.add_app()
    return Portal(pool, app).use(app)


@pytest.fixture(params=[True, False], ids=["htmx", "no-script"])
def person(request: pytest.FixtureRequest, settings: Settings) -> Person:
    """Somebody with a browser, once with and once without scripting."""
    settings.DEMO_CONFIG = ""  # no demo is installed here
    return Person(htmx=request.param)


@pytest.fixture(scope="session")
def stub_server() -> Iterator[Stub]:
    """One server for the whole run: a boto3 client for each new address would cost a third of a second."""
    with stubs.running() as server:
        yield server


@pytest.fixture
def stub(settings: Settings, stub_server: Stub) -> Stub:
    """A pool that answers as the test says, over a socket."""
    settings.COGNITO_CONNECTION, settings.COGNITO_TRANSPORT = stubs.CONNECTION, ""
    stub_server.answers.clear()
    stub_server.requests.clear()
    stubs.point_at(stub_server)
    return stub_server
