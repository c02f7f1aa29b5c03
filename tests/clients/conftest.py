"""The table of clients: which sign in by which flow, and for which of them with an app client's secret too."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests import boto, lambda_api, pools
from tests.clients.client import Client
from tests.clients.nodejs import Amplify, IdentityJs
from tests.clients.operations import AwsCli, Boto3
from tests.clients.pycognito_client import Pycognito
from tests.lambda_api import Functions
from tests.live import Live
from tests.pools import App, Pool

SRP, PASSWORD = "USER_SRP_AUTH", "USER_PASSWORD_AUTH"
ADMIN, ADMIN_OLD_NAME = "ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    client: type[Client]
    flows: tuple[str, ...]
    secret_flows: tuple[str, ...] = ()
    no_new_password: tuple[str, ...] = ()  # flows in which the client does not know NEW_PASSWORD_REQUIRED


CLIENTS = {
    "amplify": Row(client=Amplify, flows=(SRP, PASSWORD)),
    "identity-js": Row(client=IdentityJs, flows=(SRP, PASSWORD)),
    "pycognito": Row(
        client=Pycognito,
        flows=(SRP, ADMIN_OLD_NAME),
        secret_flows=(SRP, ADMIN_OLD_NAME),
        no_new_password=(ADMIN_OLD_NAME,),  # admin_authenticate() reads tokens from whatever was answered
    ),
    "boto3": Row(client=Boto3, flows=(SRP, PASSWORD, ADMIN), secret_flows=(SRP, PASSWORD, ADMIN)),
    "aws-cli": Row(client=AwsCli, flows=(SRP, PASSWORD, ADMIN), secret_flows=(SRP,)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One client that signs in by one flow, as a public app client or as one with a secret."""

    name: str
    flow: str
    secret: bool

    def __str__(self) -> str:
        return f"{self.name}-{self.flow}{'-secret' if self.secret else ''}"


CASES = [
    Case(name=name, flow=flow, secret=secret)
    for name, row in CLIENTS.items()
    for secret, flows in ((False, row.flows), (True, row.secret_flows))
    for flow in flows
]

StartClient = Callable[..., Client]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for ``case`` is run for every case; one that asks for ``name``, once for every client."""
    if "case" in metafunc.fixturenames:
        needs_new_password = metafunc.definition.get_closest_marker("needs_new_password")
        cases = [case for case in CASES if not (needs_new_password and case.flow in CLIENTS[case.name].no_new_password)]
        metafunc.parametrize("case", cases, ids=str)
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", CLIENTS)


@pytest.fixture(scope="session")
def pool(live: Live) -> Pool:
    return pools.create(boto.over_http(live.config), endpoint=live.config["endpoint"])


@pytest.fixture(scope="session")
def apps(pool: Pool) -> dict[bool, App]:
    """An app client for every flow, by whether it has a secret."""
    return {secret: pool.add_app(secret=secret) for secret in (False, True)}


@pytest.fixture
def start(live: Live, pool: Pool) -> Iterator[StartClient]:
    """``start(name, app)``: start the client of that name. It is ended after the test."""
    started: list[Client] = []

    def start_client(name: str, app: App, *, pool: Pool = pool) -> Client:
        config = live.config
        keys = (config["accessKeyId"], config["secretAccessKey"])
        started.append(CLIENTS[name].client(pool=pool, app=app, region=config["region"], keys=keys))
        return started[-1]

    yield start_client
    for client in started:
        client.close()


# -- Lambda triggers -----------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def lambda_server() -> Iterator[Functions]:
    with lambda_api.running() as functions:
        yield functions


@pytest.fixture(scope="session")
def live_with_functions(tmp_path_factory: pytest.TempPathFactory, lambda_server: Functions) -> Iterator[Live]:
    """A server whose pools call the tests' functions. A module makes it its ``live``."""
    with Live(tmp_path_factory.mktemp("live-with-functions"), LAMBDA_ENDPOINT_URL=lambda_server.url) as server:
        yield server


@pytest.fixture
def functions(lambda_server: Functions) -> Functions:
    """None yet, and no events: ``functions.add(PreSignUp=...)``."""
    lambda_server.by_name.clear()
    lambda_server.events.clear()
    return lambda_server


# -- One client ----------------------------------------------------------------------------------------------------
@pytest.fixture
def client(case: Case, apps: dict[bool, App], start: StartClient) -> Client:
    return start(case.name, apps[case.secret])
