"""New signing keys: what was signed before still counts."""

import jwt
import pytest
from django.core.management import CommandError, call_command

from tests.pool.conftest import World
from tests.pool.test_tokens import key_set


def kid(token: str) -> str:
    return str(jwt.get_unverified_header(token)["kid"])


def test_old_tokens_stay_valid(world: World) -> None:
    before = world.sign_in()
    call_command("rotate_signing_keys", world.pool_id)
    after = world.sign_in()
    assert kid(before["AccessToken"]) != kid(after["AccessToken"])
    for token in (before["AccessToken"], after["AccessToken"]):
        assert world("GetUser", AccessToken=token)["Username"] == "alice"
        assert jwt.decode(token, key_set(world)[kid(token)], algorithms=["RS256"], options={"verify_aud": False})
    assert len(key_set(world).keys) == 4


def test_the_pool_must_be_named_when_there_are_several(world: World) -> None:
    world("CreateUserPool", PoolName="second")
    with pytest.raises(CommandError, match=world.pool_id):
        call_command("rotate_signing_keys")
