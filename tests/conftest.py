"""What every test may ask for. The live server is in ``tests.live``, the boto3 clients are in ``tests.boto``."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import tests.environment  # noqa: F401 - first: it decides what the settings read

# isort: split
import hypothesis
import pytest
from django.conf import settings

from authsite.static_files import collect
from tests import boto, judge
from tests.live import Live

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

pytest_plugins = ["tests.skips"]
HERE = Path(__file__).parent
settings.COGNITO_TRANSPORT = judge.TRANSPORT  # every answer of the pool in this process is judged by botocore's model
# As Hypothesis has it in CI by itself: how long an example takes says more of the machine than of the code.
hypothesis.settings.register_profile("tests", hypothesis.settings.default, deadline=None)
hypothesis.settings.load_profile("tests")
MARKER_OF_FOLDER = {"browser": "browser", "clients": "clients"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test in ``tests/browser`` is marked ``browser``, one in ``tests/clients`` is marked ``clients``."""
    for item in items:
        if HERE in item.path.parents:
            marker = MARKER_OF_FOLDER.get(item.path.relative_to(HERE).parts[0])
            if marker:
                item.add_marker(marker)


# -- In this process ---------------------------------------------------------------------------------------------
@pytest.fixture(scope="session", autouse=True)
def static_files() -> None:
    """Collected once, so that pages are rendered with the hashed names that they have in production."""
    collect()


@pytest.fixture
def cognito() -> "CognitoIdentityProviderClient":
    """boto3, answered by the embedded pool in this process, signed with the pool's key pair."""
    return boto.in_process()


@pytest.fixture
def unsigned_cognito() -> "CognitoIdentityProviderClient":
    """The same without credentials: public operations only."""
    return boto.in_process(signed=False)


# -- Over HTTP ---------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The server as ``make run`` serves it, with data of its own, shared by the whole run. Do not stop it."""
    with Live(tmp_path_factory.mktemp("live")) as server:
        yield server


@pytest.fixture
def own_live(tmp_path: Path) -> Iterator[Live]:
    """A server for one test, which may stop, restart and kill it."""
    with Live(tmp_path / "live") as server:
        yield server
