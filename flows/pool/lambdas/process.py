"""One process that runs one Python handler, event by event.

It has no group of processes in common with us, so whatever the handler starts ends with it.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Any

from flows.pool.lambdas import outcomes
from flows.pool.lambdas.deadline import Deadline
from flows.pool.lambdas.outcomes import FunctionRaised
from flows.pool.protocol import strict_json

_PIECE_WRITTEN = 4096  # bytes that a pipe which is ready takes at once (PIPE_BUF)
_PIECE_READ = 64 * 1024
_LONGEST_LINE = outcomes.LONGEST_ANSWER + 1024  # the answer, and what stands before it
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "SSL_CERT_FILE", "PYTHONPATH")


class Unread(Exception):
    """The process had ended before it read the event: another one may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A handler by dotted path, under the name that its ARN has, and the environment variables it gets."""

    name: str
    handler: str
    folder: str  # where it is imported from
    variables: Mapping[str, str] = field(default_factory=dict, hash=False)  # a mapping has no hash, but it counts


class Environment:
    """Not for two threads at a time. Raises ``NotInvoked`` where the machine refuses the process, or the variables."""

    def __init__(self, function: Function) -> None:
        surroundings = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, a module of ours, a path from settings
                [sys.executable, "-m", "flows.pool.lambdas.runtime", function.handler],
                cwd=function.folder,
                env={**surroundings, "AWS_LAMBDA_FUNCTION_NAME": function.name, **function.variables},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            raise outcomes.service_failed(f"{type(error).__name__}: no process for {function.name}") from None
        if self._process.stdin is None or self._process.stdout is None:
            raise TypeError("Both are pipes.")
        self._stdin, self._stdout = self._process.stdin, self._process.stdout
        os.set_blocking(self._stdin.fileno(), False)
        self._unused = b""  # read behind the last answer
        self.has_answered = False  # the last event, if only by an error of the handler's
        self.idle_since = time.monotonic()

    def run(self, call: Mapping[str, Any], *, seconds: float) -> Any:
        """The handler's result, None where that is no JSON to be stored. End the process unless it ``has_answered``.

        Raises ``FunctionRaised``, ``NotInvoked`` when it takes longer than ``seconds``, or ``Unread``.
        """
        deadline = Deadline.after(seconds)
        self.has_answered = False
        try:
            _write(self._stdin, json.dumps(call).encode() + b"\n", deadline)
            kind, text = self._answer(str(call["request_id"]).encode(), deadline)
        except TimeoutError:
            raise outcomes.timed_out(seconds) from None
        except BrokenPipeError:
            raise Unread from None
        except ValueError:  # something else has written
            raise outcomes.process_exited() from None
        self.has_answered = kind != b"last"
        if kind != b"result":
            raise FunctionRaised.reported(json.loads(text))
        try:
            return strict_json.load(text)
        except strict_json.Unreadable:
            return None

    @property
    def is_clean(self) -> bool:
        """Whether it lives and says nothing unasked, as when the handler forked and both of it answer."""
        return not self._unused and not _is_ready(self._stdout, selectors.EVENT_READ, 0)

    def end(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for stream in (self._stdin, self._stdout):
            with suppress(OSError):  # what it did not read any more
                stream.close()

    def _answer(self, request_id: bytes, deadline: Deadline) -> tuple[bytes, bytes]:
        """Kind and JSON of the answer to this request; what belongs to an earlier one is left out."""
        while True:
            found, kind, text = self._line(deadline).split(b" ", 2)
            if found == request_id:
                return kind, text

    def _line(self, deadline: Deadline) -> bytes:
        parts, length = [self._unused], len(self._unused)
        while b"\n" not in parts[-1]:
            if length > _LONGEST_LINE:
                raise outcomes.too_large()
            _wait(self._stdout, selectors.EVENT_READ, deadline)
            parts.append(os.read(self._stdout.fileno(), _PIECE_READ))
            length += len(parts[-1])
            if not parts[-1]:
                raise outcomes.process_exited()
        line, _, self._unused = b"".join(parts).partition(b"\n")
        return line


def _write(stream: IO[bytes], data: bytes, deadline: Deadline) -> None:
    """All of it, in pieces: a process that hangs before it reads must not hold the writer."""
    rest = memoryview(data)
    while rest:
        _wait(stream, selectors.EVENT_WRITE, deadline)
        rest = rest[os.write(stream.fileno(), rest[:_PIECE_WRITTEN]) :]


def _wait(stream: IO[bytes], event: int, deadline: Deadline) -> None:
    if not _is_ready(stream, event, deadline.left()):
        raise TimeoutError


def _is_ready(stream: IO[bytes], event: int, seconds: float) -> bool:
    with selectors.DefaultSelector() as selector:  # select() itself knows no descriptors beyond 1023
        selector.register(stream, event)
        return bool(selector.select(seconds))
