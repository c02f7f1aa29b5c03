"""The triggers' environment variables, empty unless a test sets them, and the stand-ins for AWS."""

import os
from collections.abc import Iterator

import pytest

from flows.pool.lambdas import environments
from tests.triggers.aws import Aws

KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "PYTHON", "PYTEST", "COV", "HYPOTHESIS", "CI")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lambda knows nothing of the developer's environment, and no more of the site's."""
    for name in [name for name in os.environ if not name.startswith(KEPT)]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def _aws() -> Iterator[Aws]:
    with Aws() as aws:
        yield aws


@pytest.fixture
def aws(_aws: Aws, monkeypatch: pytest.MonkeyPatch) -> Aws:
    """SES, SNS and KMS, and the variables by which boto3 finds them."""
    _aws.clear()
    for name, value in _aws.variables.items():
        monkeypatch.setenv(name, value)
    return _aws


@pytest.fixture(autouse=True, scope="module")
def processes() -> Iterator[None]:
    yield
    environments.end_all()
