"""A demo in this process, and what boto3 says of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from pytest_django import DjangoDbBlocker

from flows.pool.demo import seed
from flows.pool.models import UserPool
from tests.playground.browser import Browser

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient


@dataclass(frozen=True, slots=True)
class Demo:
    """The demo pool as an administrator sees it by boto3."""

    cognito: Any
    pool_id: str
    client_id: str

    @property
    def pool(self) -> dict[str, Any]:
        return dict(self.cognito.describe_user_pool(UserPoolId=self.pool_id)["UserPool"])

    @property
    def client(self) -> dict[str, Any]:
        ids = {"UserPoolId": self.pool_id, "ClientId": self.client_id}
        return dict(self.cognito.describe_user_pool_client(**ids)["UserPoolClient"])

    @property
    def mfa(self) -> dict[str, Any]:
        told = dict(self.cognito.get_user_pool_mfa_config(UserPoolId=self.pool_id))
        del told["ResponseMetadata"]
        return told

    @property
    def settings(self) -> list[dict[str, Any]]:
        """Everything that the playground may change of pool and client, without when it was."""
        parts = [self.pool, self.client, self.mfa]
        return [{name: value for name, value in part.items() if name != "LastModifiedDate"} for part in parts]

    def user(self, name: str) -> dict[str, Any]:
        return dict(self.cognito.admin_get_user(UserPoolId=self.pool_id, Username=name))

    def password(self, name: str) -> str:
        return next(user["password"] for user in seed.config()["users"] if user["username"] == name)


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """One demo for a module, since its keys take longer to make than most tests; each test rolls back what it did."""
    with django_db_blocker.unblock():
        seed.install()
        yield
        UserPool.objects.all().delete()


@pytest.fixture
def demo(made: None, db: None, cognito: "CognitoIdentityProviderClient") -> Demo:
    found = seed.get()
    return Demo(cognito, found.pool_id, found.main_client_id)


@pytest.fixture(params=[False, True], ids=["plain", "htmx"])
def browser(request: pytest.FixtureRequest, demo: Demo) -> Browser:
    return Browser(htmx=request.param)
