"""Execution environments: processes that run one Python handler each, as Lambda keeps them.

One runs one event at a time and is kept warm for the next. A handler that hangs is killed with its process, one that
crashes takes only its process along; either costs one request.
"""

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Lock
from typing import IO, Any

from flows.pool.lambdas.outcomes import FunctionRaised, NotInvoked

MOST_AT_ONCE = 16  # of this server process; Lambda calls it reserved concurrency
KEPT_SECONDS = 300.0
LONGEST_ANSWER = 6 * 1024 * 1024  # bytes, Lambda's own limit for a synchronous answer
_PIECE = 4096  # bytes that a pipe which is ready takes at once (PIPE_BUF)
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "SSL_CERT_FILE", "PYTHONPATH")


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A handler by dotted path, under the name that its ARN has, and the environment variables it gets."""

    name: str
    handler: str
    folder: str  # where it is imported from
    variables: Mapping[str, str] = field(default_factory=dict, hash=False, compare=False)


class _Environment:
    """One process. Not for two threads at a time."""

    def __init__(self, function: Function) -> None:
        surroundings = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, a module of ours, a path from settings
            [sys.executable, "-m", "flows.pool.lambdas.runtime", function.handler],
            cwd=function.folder,
            env={**surroundings, "AWS_LAMBDA_FUNCTION_NAME": function.name, **function.variables},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # so that whatever it starts ends with it
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise TypeError("Both are pipes.")
        self._stdin, self._stdout = self._process.stdin, self._process.stdout
        os.set_blocking(self._stdin.fileno(), False)
        self.idle_since = time.monotonic()

    def run(self, call: Mapping[str, Any], *, seconds: float) -> Any:
        """The handler's result. After ``NotInvoked`` the process is dead or must be ended."""
        deadline = _Deadline(time.monotonic() + seconds, seconds)
        try:
            _write(self._stdin, json.dumps(call).encode() + b"\n", deadline)
            line = _read_line(self._stdout, deadline)
            answer = json.loads(line) if line else {}
        except (OSError, ValueError):  # the process has ended, or has written something else
            answer = {}
        if "error" in answer:
            raise FunctionRaised(str(answer["error"]["errorMessage"]))
        if "result" not in answer:
            raise FunctionRaised("RequestId: Process exited before completing request")
        return answer["result"]

    def end(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for stream in (self._stdin, self._stdout):
            with suppress(OSError):  # what it did not read any more
                stream.close()


_idle: dict[Function, list[_Environment]] = defaultdict(list)
_lock = Lock()
_room = BoundedSemaphore(MOST_AT_ONCE)


def run(function: Function, event: Mapping[str, Any], *, request_id: str, seconds: float) -> Any:
    """The result of one invocation. Raises ``FunctionRaised`` or ``NotInvoked``."""
    if not _room.acquire(blocking=False):
        raise NotInvoked("TooManyRequestsException")
    try:
        environment = _take(function)
        call = {"event": event, "function_name": function.name, "request_id": request_id, "seconds": seconds}
        try:
            result = environment.run(call, seconds=seconds)
        except BaseException:
            environment.end()  # whatever state it is in, the next event gets a fresh one
            raise
        _give_back(function, environment)
        return result
    finally:
        _room.release()


def _take(function: Function) -> _Environment:
    """A warm environment, or a new one; those that nobody needed for long are ended."""
    now, stale, found = time.monotonic(), [], None
    with _lock:
        for waiting in _idle.values():
            stale += [each for each in waiting if now - each.idle_since > KEPT_SECONDS]
            waiting[:] = [each for each in waiting if now - each.idle_since <= KEPT_SECONDS]
        if _idle[function]:
            found = _idle[function].pop()
    for each in stale:
        each.end()
    return found or _Environment(function)


def _give_back(function: Function, environment: _Environment) -> None:
    environment.idle_since = time.monotonic()
    with _lock:
        _idle[function].append(environment)


@atexit.register
def end_all() -> None:
    """End every idle environment."""
    with _lock:
        ended = [each for waiting in _idle.values() for each in waiting]
        _idle.clear()
    for each in ended:
        each.end()


@dataclass(frozen=True, slots=True)
class _Deadline:
    at: float  # time.monotonic()
    seconds: float

    def wait(self, *, reading: IO[bytes] | None = None, writing: IO[bytes] | None = None) -> None:
        """Until the pipe is ready. Raises ``NotInvoked`` when that takes too long."""
        left = max(0.0, self.at - time.monotonic())
        ready = select.select([reading] if reading else [], [writing] if writing else [], [], left)
        if not any(ready):
            raise NotInvoked(f"Task timed out after {self.seconds:.2f} seconds", passing=True)


def _write(stream: IO[bytes], data: bytes, deadline: _Deadline) -> None:
    """All of it, in pieces: a process that hangs before it reads must not hold the writer."""
    while data:
        deadline.wait(writing=stream)
        data = data[os.write(stream.fileno(), data[:_PIECE]) :]


def _read_line(stream: IO[bytes], deadline: _Deadline) -> bytes:
    """One line; b"" when the stream ends before it does, or when it is too long."""
    parts, length = [], 0
    while length <= LONGEST_ANSWER:
        deadline.wait(reading=stream)
        part = os.read(stream.fileno(), _PIECE)
        parts.append(part)
        length += len(part)
        if not part:
            return b""
        if part.endswith(b"\n"):
            return b"".join(parts)
    return b""
