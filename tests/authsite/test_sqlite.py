"""``authsite.sqlite``: transactions of one process take turns, and a turn always comes back."""

import fcntl
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

TIMEOUT = 0.3


@pytest.fixture
def handler(tmp_path: Path, django_db_blocker: Any) -> Iterator[ConnectionHandler]:
    """Connections to a database of its own, one a thread. Whoever waits gives up soon."""
    options = {"transaction_mode": "IMMEDIATE", "timeout": TIMEOUT}
    made = ConnectionHandler({"default": {"ENGINE": "authsite.sqlite", "NAME": tmp_path / "db", "OPTIONS": options}})
    with django_db_blocker.unblock():  # which guards the tests' own database
        yield made
        made["default"].close()


def begin(connection: Any) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def in_a_thread(call: Callable[[], object]) -> list[BaseException]:
    """What ``call`` raised."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            call()
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return raised


def whole_transaction(handler: ConnectionHandler) -> Callable[[], None]:
    def run() -> None:
        connection = handler["default"]
        try:
            begin(connection)
            connection.commit()
            connection.set_autocommit(True)
        finally:
            connection.close()

    return run


def commit(connection: Any) -> None:
    connection.commit()
    connection.set_autocommit(True)


def roll_back(connection: Any) -> None:
    connection.rollback()
    connection.set_autocommit(True)


def break_off(connection: Any) -> None:
    connection.close()


@pytest.mark.parametrize("end", [commit, roll_back, break_off])
def test_the_turn_comes_back_however_a_transaction_ends(handler: ConnectionHandler, end: Callable[[Any], None]) -> None:
    begin(handler["default"])
    end(handler["default"])
    assert in_a_thread(whole_transaction(handler)) == []


def test_whoever_waits_too_long_is_told_what_sqlite_tells(handler: ConnectionHandler) -> None:
    begin(handler["default"])
    (error,) = in_a_thread(whole_transaction(handler))
    commit(handler["default"])
    assert isinstance(error, OperationalError)
    assert str(error) == "database is locked"


def test_the_turn_comes_back_when_another_process_keeps_the_database(handler: ConnectionHandler) -> None:
    """BEGIN itself fails: nothing was begun, so nothing will end it."""
    handler["default"].ensure_connection()
    with sqlite3.connect(handler["default"].settings_dict["NAME"], isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError):
            begin(handler["default"])
        other.execute("ROLLBACK")
    other.close()
    assert in_a_thread(whole_transaction(handler)) == []


def test_processes_take_turns_too(handler: ConnectionHandler) -> None:
    """Another process's lock on the queue is waited for, and its end is noticed at once."""
    began = threading.Event()
    with open(f"{handler['default'].settings_dict['NAME']}-queue", "ab") as another:  # noqa: PTH123
        fcntl.flock(another, fcntl.LOCK_EX)
        thread = threading.Thread(target=lambda: (whole_transaction(handler)(), began.set()))
        thread.start()
        assert not began.wait(2 * TIMEOUT)
        fcntl.flock(another, fcntl.LOCK_UN)
        assert began.wait(5)
    thread.join()
