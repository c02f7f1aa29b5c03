"""How many invocations a server process has at once: functions that hang must not get hold of all of its threads."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from django.conf import settings

from flows.pool.lambdas.outcomes import NotInvoked

# Seconds: longer than processes take that are all started at once, 0.6 for some with pictures on two busy cores, and
# three times as long on a machine that has more to do. It is waited once, for as long as the same functions hang.
PATIENCE = 2.0

_changed = Condition()
_taken = 0
_last_change = 0.0  # time.monotonic()


@contextmanager
def one() -> Iterator[None]:
    """One of LAMBDA_MOST_AT_ONCE places. Raises ``NotInvoked`` when all are held and none has changed hands for a
    moment: many that come at once are all served while functions answer, and refused at once while they hang.
    """
    global _taken, _last_change  # noqa: PLW0603 - of the process, as its threads are
    with _changed:
        while _taken >= settings.LAMBDA_MOST_AT_ONCE:
            patience = _last_change + PATIENCE - time.monotonic()
            if patience <= 0:
                raise NotInvoked("TooManyRequestsException")
            _changed.wait(patience)
        _taken += 1
        _last_change = time.monotonic()
    try:
        yield
    finally:
        with _changed:
            _taken -= 1
            _last_change = time.monotonic()
            _changed.notify_all()
