"""What holds when things go wrong around an operation, and when many happen at once."""

import sqlite3
import threading
import time
from typing import Any

import pytest
from django.db import connection, transaction

from flows.pool import lockout, wire
from flows.pool.models import PasswordAttempts
from tests.pool.conftest import PASSWORD, World
from tests.race import race


def test_t025_a_refusal_after_counting_keeps_the_count(world: World) -> None:
    """The refusal itself is an exception that leaves every transaction it meets."""
    for expected in range(1, 5):
        world.refusal("InitiateAuth", **world.password_request("alice", "Wrong-Horse-9!"))
        assert PasswordAttempts.objects.get().failures == expected


@pytest.mark.django_db(transaction=True)
def test_t025_counting_refuses_to_be_part_of_a_bigger_transaction() -> None:
    """Inside somebody's atomic block the count could be rolled back: that is an error, not a lost count."""
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        lockout.count_failure(b"key", tools=wire.default_tools())


def test_t026_own_success_does_not_forgive_guesses_on_others(world: World) -> None:
    world.add_user("mallory")
    for _ in range(5):
        world.refusal("InitiateAuth", **world.password_request("alice", "Wrong-Horse-9!"))
        world.sign_in("mallory")
    refused = world.refusal("InitiateAuth", **world.password_request("alice", PASSWORD))
    assert refused == ("NotAuthorizedException", "Password attempts exceeded")


@pytest.mark.django_db(transaction=True)
def test_t073_disabling_misses_no_sign_in_that_is_under_way(world: World) -> None:
    turns = iter(range(12))

    def act() -> dict[str, Any]:
        if next(turns) == 5:
            return world("AdminDisableUser", UserPoolId=world.pool_id, Username="alice")
        return world.sign_in()

    tokens = [result["RefreshToken"] for result in race(12, act) if "RefreshToken" in result]
    world("AdminEnableUser", UserPoolId=world.pool_id, Username="alice")
    for token in tokens:
        refused = world.refusal("GetTokensFromRefreshToken", ClientId=world.client_id, RefreshToken=token)
        assert refused == ("NotAuthorizedException", "Refresh Token has been revoked")


@pytest.mark.django_db(transaction=True)
def test_t145_thirty_sign_ins_at_once(world: World) -> None:
    """On SQLite a transaction that begins deferred would answer most of these with "database is locked"."""
    results = race(30, world.sign_in)
    assert all(isinstance(result, dict) for result in results), set(map(str, results))


@pytest.mark.django_db(transaction=True)
def test_t145_a_writer_who_takes_three_seconds_is_waited_for(world: World) -> None:
    if connection.vendor != "sqlite":
        with transaction.atomic():  # on PostgreSQL writers of other rows do not wait for each other at all
            PasswordAttempts.objects.select_for_update().count()
            assert race(1, world.sign_in)[0]["AccessToken"]
        return
    held, released = threading.Event(), threading.Event()

    def hold() -> None:
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        held.set()
        time.sleep(3)
        released.set()  # before somebody can notice
        other.execute("COMMIT")
        other.close()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    assert world.sign_in()["AccessToken"]
    assert released.is_set()
    thread.join()
