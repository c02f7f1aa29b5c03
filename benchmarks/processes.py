"""A server under measurement: its own process group, started, timed, weighed and ended."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.load import HOST

STARTUP_SECONDS = 60
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process group has used: resident memory now in bytes, processor time so far in seconds."""

    memory: int
    cpu: float


class Process:
    """``with Process(...) as server``; ``startup`` is the time to its first answer in seconds."""

    def __init__(self, command: list[str], *, port: int, folder: Path, variables: Mapping[str, str], log: Path) -> None:
        self._command, self._port, self._folder, self._log = command, port, folder, log
        self._variables = os.environ | dict(variables)
        self.startup = 0.0

    def __enter__(self) -> Self:
        began = time.monotonic()
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=self._folder,
                env=self._variables,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            self._wait(until=began + STARTUP_SECONDS)
        except BaseException:
            self._end()
            raise
        self.startup = time.monotonic() - began
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def usage(self) -> Usage:
        """Of all processes of the group, as Linux counts them; pages that two of them share count twice."""
        memory, cpu = 0, 0.0
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has just ended
                continue
            if int(fields[2]) == self._process.pid:
                memory += int(fields[21]) * _PAGE
                cpu += (int(fields[11]) + int(fields[12])) / _TICKS
        return Usage(memory, cpu)

    def _wait(self, *, until: float) -> None:
        while time.monotonic() < until:
            if self._process.poll() is not None:
                raise RuntimeError(f"The server ended while it was starting:\n{self._log.read_text()}")
            if _answers(self._port):
                return
            time.sleep(0.01)
        raise RuntimeError(f"The server did not answer:\n{self._log.read_text()}")

    def _end(self) -> None:
        """Only what was started here: this group, first politely."""
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    """Whether any HTTP answer comes; which one is the server's business."""
    try:
        with socket.create_connection((HOST, port), timeout=5) as connection:
            connection.sendall(f"GET / HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n".encode())
            return connection.recv(4) == b"HTTP"
    except OSError:
        return False
