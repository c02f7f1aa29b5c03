"""Django's SQLite backend, whose transactions within one process wait for each other in a queue.

SQLite has one writer at a time. Whoever finds it busy sleeps and looks again, each time longer, while the database
stands idle; and the writer itself crawls, because between its statements it competes for the interpreter with every
other thread. A lock hands over at once. Between processes SQLite's own waiting remains.
"""

import threading

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
            _turn.release()
