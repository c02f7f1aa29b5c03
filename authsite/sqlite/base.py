"""Django's SQLite backend, whose transactions wait for each other in a queue.

SQLite has one writer at a time. Whoever finds it busy sleeps and looks again, each time longer, while the database
stands idle or others go first; and the writer itself crawls, because between its statements it competes for the
interpreter with every other thread. Here a lock hands over at once: one between the threads of a process, and one on a
file between processes. Against writers that know nothing of it, SQLite's own waiting remains.
"""

import fcntl
import os
import threading
from functools import cache

from django.db import OperationalError
from django.db.backends.sqlite3 import base

_turn = threading.Lock()


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes its turn before BEGIN and gives it back when the transaction is over, whichever way it ends."""

    _has_turn = False

    def _start_transaction_under_autocommit(self) -> None:
        if not _turn.acquire(timeout=self.settings_dict["OPTIONS"].get("timeout", 5)):
            raise OperationalError("database is locked")
        self._has_turn = True
        try:
            fcntl.flock(self._queue(), fcntl.LOCK_EX)
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._end_turn()
            raise

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc] # the stubs leave out what is private
        if autocommit:  # the transaction is over
            self._end_turn()

    def _close(self) -> None:
        super()._close()  # type: ignore[misc]
        self._end_turn()

    def _end_turn(self) -> None:
        if self._has_turn:
            self._has_turn = False
            fcntl.flock(self._queue(), fcntl.LOCK_UN)
            _turn.release()

    def _queue(self) -> int:
        return _open(f"{self.settings_dict['NAME']}-queue", os.getpid())


@cache
def _open(path: str, process: int) -> int:
    """A descriptor for as long as the process lives; a forked one must not share its parent's lock."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
