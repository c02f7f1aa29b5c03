"""``manage.py seed_users``: users made by the thousand sign in like any other."""

import io
import re

import pytest
from django.core.management import CommandError, call_command

from flows.pool.models import PoolUser
from tests.pool.conftest import World


def seed(world: World, count: int, **options: str) -> tuple[str, str]:
    """What the command says to a program, and what it says of its progress."""
    out, err = io.StringIO(), io.StringIO()
    call_command("seed_users", "--count", str(count), pool=world.pool_id, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def seeded(world: World) -> list[PoolUser]:
    return list(PoolUser.objects.filter(pool=world.pool_id, username__startswith="user-").order_by("username"))


def test_seeded_users_sign_in_with_the_password_that_was_printed(world: World) -> None:
    said, progress = seed(world, 3)
    password = re.search(r"password is (\S+)", said)
    assert password
    assert "3 of 3 (100%)" in progress
    assert world.sign_in("user-000001", password[1])["AccessToken"]
    _, proof = world.srp_challenge("user-000003", password[1])
    assert world("RespondToAuthChallenge", **proof)["AuthenticationResult"]["AccessToken"]
    code, _ = world.refusal("InitiateAuth", **world.password_request("user-000002", password[1] + "x"))
    assert code == "NotAuthorizedException"


def test_each_has_a_salt_of_its_own(world: World) -> None:
    seed(world, 3)
    assert len({bytes(user.srp_salt or b"") for user in seeded(world)}) == 3


def test_goes_on_where_it_was_stopped(world: World) -> None:
    """Users who exist are left alone: same sub, same password."""
    seed(world, 2, password="The-first-1!")
    before = [user.sub for user in seeded(world)]
    said, _ = seed(world, 4, password="The-second-2!")
    assert "2 were there already" in said
    assert [user.sub for user in seeded(world)][:2] == before
    assert world.sign_in("user-000002", "The-first-1!")
    assert world.sign_in("user-000004", "The-second-2!")


def test_nothing_is_left_to_do(world: World) -> None:
    seed(world, 2)
    said, _ = seed(world, 2)
    assert "new users" not in said


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"password": "short"}, "Password not long enough"),
        ({"pool": "us-east-1_Unknown00"}, "User pool us-east-1_Unknown00 does not exist."),
    ],
)
def test_refuses_in_words_what_the_pool_would_refuse(world: World, options: dict[str, str], reason: str) -> None:
    with pytest.raises(CommandError, match=re.escape(reason)):
        call_command("seed_users", "--count", "1", **{"pool": world.pool_id} | options)
    assert not seeded(world)


def test_refuses_names_that_the_pool_does_not_take(world: World) -> None:
    by_email = world("CreateUserPool", PoolName="by e-mail", UsernameAttributes=["email"])["UserPool"]["Id"]
    with pytest.raises(CommandError, match="Username should be an email"):
        call_command("seed_users", "--count", "1", pool=by_email)
