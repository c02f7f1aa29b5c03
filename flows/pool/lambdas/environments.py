"""Execution environments, as Lambda keeps them: each runs one event at a time and is kept warm for the next.

A handler that hangs is killed with its process, one that crashes takes only its process along; either costs one
request.
"""

import atexit
import time
from collections.abc import Mapping
from contextlib import suppress
from threading import Lock, Timer
from typing import Any

from flows.pool.lambdas import outcomes
from flows.pool.lambdas.process import Environment, Function, Unread

KEPT_SECONDS = 120.0
MOST_IDLE = 4  # of one function; each has tens of megabytes


class Warm:
    """Environments that wait for an event, ``most`` for each function and for ``seconds`` at most."""

    def __init__(self, *, seconds: float, most: int) -> None:
        self._seconds, self._most = seconds, most
        self._idle: dict[Function, list[Environment]] = {}
        self._lock = Lock()
        self._timer: Timer | None = None  # while any is idle: nobody else may come to end it

    def run(self, function: Function, event: Mapping[str, Any], *, request_id: str, seconds: float) -> Any:
        """The result of one invocation. Raises ``FunctionRaised`` or ``NotInvoked``."""
        call = {"event": event, "function_name": function.name, "request_id": request_id, "seconds": seconds}
        while environment := self._take(function):
            with suppress(Unread):  # it ended while it was idle
                return self._use(environment, function, call)
        try:
            return self._use(Environment(function), function, call)
        except Unread:
            raise outcomes.process_exited() from None

    def end_all(self) -> None:
        with self._lock:
            ended = [each for waiting in self._idle.values() for each in waiting]
            self._idle.clear()
            if self._timer:
                self._timer.cancel()
                self._timer = None
        for each in ended:
            each.end()

    def _use(self, environment: Environment, function: Function, call: Mapping[str, Any]) -> Any:
        try:
            return environment.run(call, seconds=call["seconds"])
        finally:
            if environment.has_answered:
                self._give_back(function, environment)
            else:
                environment.end()  # whatever state it is in, the next event gets a fresh one

    def _take(self, function: Function) -> Environment | None:
        """The one used last, so that those a peak has left behind grow old."""
        while True:
            with self._lock:
                if not (waiting := self._idle.get(function)):
                    return None
                found = waiting.pop()
            if found.is_clean:
                return found
            found.end()

    def _give_back(self, function: Function, environment: Environment) -> None:
        environment.idle_since = time.monotonic()
        with self._lock:
            waiting = self._idle.setdefault(function, [])
            kept = len(waiting) < self._most and environment.is_clean
            if kept:
                waiting.append(environment)
                self._watch()
        if not kept:
            environment.end()

    def _watch(self) -> None:
        """With the lock: have the oldest ended when its time is over."""
        if self._timer is None and (moments := [each.idle_since for some in self._idle.values() for each in some]):
            self._timer = Timer(max(0.0, min(moments) + self._seconds - time.monotonic()), self._end_old)
            self._timer.daemon = True
            self._timer.start()

    def _end_old(self) -> None:
        old: list[Environment] = []
        limit = time.monotonic() - self._seconds
        with self._lock:
            self._timer = None
            for function, waiting in list(self._idle.items()):
                old += [each for each in waiting if each.idle_since <= limit]
                waiting[:] = [each for each in waiting if each.idle_since > limit]
                if not waiting:
                    del self._idle[function]
            self._watch()
        for each in old:
            each.end()


_warm = Warm(seconds=KEPT_SECONDS, most=MOST_IDLE)
run = _warm.run
end_all = atexit.register(_warm.end_all)
