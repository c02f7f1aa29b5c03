"""Wrong passwords: Cognito's schedule, one counter over every flow and every spelling of a name."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection

from tests.pool.conftest import PASSWORD, World
from tests.race import race

INCORRECT = ("NotAuthorizedException", "Incorrect username or password.")
EXCEEDED = ("NotAuthorizedException", "Password attempts exceeded")


def fail(world: World, name: str = "alice") -> tuple[str, str]:
    return world.refusal("InitiateAuth", **world.password_request(name, "Wrong-Horse-9!"))


def fail_by_srp(world: World, name: str = "alice") -> tuple[str, str]:
    _, answer = world.srp_challenge(name, "Wrong-Horse-9!")
    return world.refusal("RespondToAuthChallenge", **answer)


def fail_by_admin(world: World, name: str = "alice") -> tuple[str, str]:
    request = world.password_request(name, "Wrong-Horse-9!", AuthFlow="ADMIN_USER_PASSWORD_AUTH")
    return world.refusal("AdminInitiateAuth", UserPoolId=world.pool_id, **request)


@pytest.mark.parametrize("name", ["alice", "nobody-of-that-name"])
def test_t022_schedule(world: World, name: str) -> None:
    """2^(n-5) seconds after the n-th failure, to 15 minutes; tries while locked are refused and do not count."""
    for failures in range(1, 21):
        assert fail(world, name) == INCORRECT
        lock = 0 if failures < 5 else min(2 ** (failures - 5), 900)
        if lock:
            world.clock.forward(seconds=lock - 0.5)
            assert fail(world, name) == EXCEEDED
            world.clock.forward(seconds=0.5)


def test_a_right_password_is_refused_while_locked(world: World) -> None:
    for _ in range(5):
        fail(world)
    assert world.refusal("InitiateAuth", **world.password_request("alice", PASSWORD)) == EXCEEDED
    world.clock.forward(seconds=1)
    assert world.sign_in()["AccessToken"]


def test_t034_a_counter_that_another_made_and_a_right_guess_took_away(world: World) -> None:
    """Between looking for it and making it: the one is refused by the database, and the other is not there."""
    conflicts = []

    def conflict(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        if conflicts or not (sql.startswith("INSERT") and "passwordattempts" in sql):
            return execute(sql, *more)
        conflicts.append(sql)
        if "CONFLICT" in sql or "IGNORE" in sql:
            return None
        raise IntegrityError("duplicate key")

    with connection.execute_wrapper(conflict):
        assert fail(world) == INCORRECT
    assert len(conflicts) == 1
    for _ in range(4):
        assert fail(world) == INCORRECT
    assert fail(world) == EXCEEDED


def test_success_starts_again(world: World) -> None:
    for _ in range(4):
        fail(world)
    world.sign_in()
    for _ in range(4):
        assert fail(world) == INCORRECT
    assert world.sign_in()["AccessToken"]


def test_fifteen_quiet_minutes_start_again(world: World) -> None:
    for _ in range(5):
        fail(world)
    world.clock.forward(minutes=15, seconds=1)
    for _ in range(4):
        assert fail(world) == INCORRECT
    assert world.sign_in()["AccessToken"]


def test_t023_every_spelling_is_one_counter(world: World) -> None:
    sub = world("AdminGetUser", UserPoolId=world.pool_id, Username="alice")["UserAttributes"][0]["Value"]
    for name in ("alice", "ALICE", "ａｌｉｃｅ", sub, "Alice"):
        assert fail(world, name) == INCORRECT
    assert fail(world) == EXCEEDED


def test_t027_one_counter_for_every_flow(world: World) -> None:
    for failing in (fail, fail_by_srp, fail_by_admin, fail_by_srp, fail):
        assert failing(world) == INCORRECT
    for failing in (fail, fail_by_srp, fail_by_admin):
        assert failing(world) == EXCEEDED


def test_others_are_not_locked(world: World) -> None:
    world.add_user("bob")
    for _ in range(5):
        fail(world)
    assert world.sign_in("bob")["AccessToken"]


@pytest.mark.django_db(transaction=True)
def test_t024_parallel_guesses_are_answered_as_if_one_came_after_another(world: World) -> None:
    """At n = 4 one of 50 wrong passwords learns that it is wrong; the rest learn nothing."""
    for _ in range(4):
        fail(world)
    request = world.password_request("alice", "Wrong-Horse-9!")
    results = race(50, lambda: world("InitiateAuth", **request))
    assert sorted(results) == sorted([": ".join(INCORRECT)] + [": ".join(EXCEEDED)] * 49)
