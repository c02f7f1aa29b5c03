"""What a client hands back as it got it: Sessions and refresh tokens."""

from typing import Any

import pytest
from django.conf import settings

from flows.pool.tools import Tools
from tests import boto
from tests.pool.conftest import PASSWORD, World


@pytest.fixture
def unlucky(world: World) -> Any:
    """boto3 with the world's pool, on a day when all random bytes come out as ``-`` in base64url."""
    tools = Tools(
        endpoint=settings.POOL_ENDPOINT,
        deliver=lambda _, message: None,
        now=world.clock,
        token_bytes=lambda size: (b"\xfb\xef\xbe" * size)[:size],
    )
    return boto.in_process(tools=tools)


def test_a_session_is_no_option_of_the_command_line(world: World, unlucky: Any) -> None:
    """``aws ... --session -x`` fails: the AWS command line takes what begins with a hyphen for an option."""
    world.add_user("bob", permanent=False)
    session = unlucky.initiate_auth(**world.password_request("bob", PASSWORD))["Session"]
    assert session[0].isalpha()
    assert set(session[1:]) == {"-"}
    assert len(session) == 64


def test_a_refresh_token_is_no_option_of_the_command_line(world: World, unlucky: Any) -> None:
    result = unlucky.initiate_auth(**world.password_request("alice", PASSWORD))["AuthenticationResult"]
    assert result["RefreshToken"][0].isalpha()
    assert len(result["RefreshToken"]) == 128
