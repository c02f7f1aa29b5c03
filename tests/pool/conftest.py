"""A pool of its own for every test, called as a client calls it but under a clock that the test moves."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore import xform_name
from botocore.exceptions import ClientError
from django.conf import settings
from pycognito.aws_srp import AWSSRP
from pytest_django import Settings

from flows.pool.tools import Message, Tools
from tests import boto, lambda_api
from tests.lambda_api import Functions
from tests.rsa_keys import next_key

PASSWORD = "Correct-Horse-9!"
EVERY_FLOW = [
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
]


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    moment: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **amount: float) -> None:
        self.moment += timedelta(**amount)


@dataclass
class World:
    """One pool with one client and the user alice. ``world("InitiateAuth", ...)`` calls an operation by boto3."""

    clock: Clock
    sent: list[Message] = field(default_factory=list)
    pool_id: str = ""
    client_id: str = ""

    def __post_init__(self) -> None:
        tools = Tools(
            endpoint=settings.POOL_ENDPOINT,
            deliver=lambda _, message: self.sent.append(message),
            now=self.clock,
            rsa_key=next_key,
        )
        self.boto = boto.in_process(tools=tools)

    def __call__(self, operation: str, **request: Any) -> dict[str, Any]:
        return getattr(self.boto, xform_name(operation))(**request)

    def refusal(self, operation: str, **request: Any) -> tuple[str, str]:
        """Code and message of the refusal that must follow."""
        with pytest.raises(ClientError) as refused:
            self(operation, **request)
        error = refused.value.response["Error"]
        return error["Code"], error["Message"]

    # -- Setting the scene -------------------------------------------------------------------------------------
    def add_client(self, **members: Any) -> str:
        request = {"ClientName": "tests", "ExplicitAuthFlows": EVERY_FLOW} | members
        answer = self("CreateUserPoolClient", UserPoolId=self.pool_id, **request)
        return str(answer["UserPoolClient"]["ClientId"])

    def add_user(self, name: str, password: str = PASSWORD, *, permanent: bool = True) -> None:
        self("AdminCreateUser", UserPoolId=self.pool_id, Username=name, MessageAction="SUPPRESS")
        self.set_password(name, password, permanent=permanent)

    def set_password(self, name: str, password: str, *, permanent: bool = True) -> None:
        self("AdminSetUserPassword", UserPoolId=self.pool_id, Username=name, Password=password, Permanent=permanent)

    # -- Signing in --------------------------------------------------------------------------------------------
    def password_request(self, name: str, password: str, **members: Any) -> dict[str, Any]:
        parameters = {"USERNAME": name, "PASSWORD": password} | members.pop("parameters", {})
        return {"ClientId": self.client_id, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters} | members

    def sign_in(self, name: str = "alice", password: str = PASSWORD, **members: Any) -> dict[str, Any]:
        """AuthenticationResult of USER_PASSWORD_AUTH."""
        answer = self("InitiateAuth", **self.password_request(name, password, **members))
        return answer["AuthenticationResult"]

    def srp_challenge(self, name: str, password: str, **members: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """What InitiateAuth answered, and the request that answers it; the arithmetic is pycognito's."""
        client_id = members.get("ClientId", self.client_id)
        srp = AWSSRP(username=name, password=password, pool_id=self.pool_id, client_id=client_id, client=object())
        request = {"ClientId": client_id, "AuthFlow": "USER_SRP_AUTH", "AuthParameters": srp.get_auth_params()}
        challenge = self("InitiateAuth", **request | members)
        responses = srp.process_challenge(challenge["ChallengeParameters"], {"USERNAME": name})
        answer = {"ClientId": client_id, "ChallengeName": "PASSWORD_VERIFIER", "ChallengeResponses": responses}
        return challenge, answer


@pytest.fixture
def world(db: None) -> World:
    made = World(Clock())
    made.pool_id = made("CreateUserPool", PoolName="tests")["UserPool"]["Id"]
    made.client_id = made.add_client(PreventUserExistenceErrors="ENABLED")
    made.add_user("alice")
    return made


@pytest.fixture(scope="session")
def lambda_server() -> Iterator[Functions]:
    with lambda_api.running() as server:
        yield server


@pytest.fixture
def functions(lambda_server: Functions, settings: Settings) -> Functions:
    """Lambda functions that the test makes up, behind the Invoke API."""
    settings.LAMBDA_HANDLERS, settings.LAMBDA_ENDPOINT_URL = {}, lambda_server.url
    lambda_server.by_name.clear()
    lambda_server.events.clear()
    return lambda_server
