"""A live server for the tests: ``manage.py serve`` in a process group of its own, with data of its own."""

import errno
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import requests

from tests import environment, postgres

STARTUP_SECONDS = STOP_SECONDS = 60  # many times what it takes: the machine may be busy with something else


class Live:
    """The site as ``make run`` serves it. ``url`` stays the same when it is restarted."""

    def __init__(self, data_dir: Path, **variables: str) -> None:
        """``variables`` are added to the server's environment."""
        self.data_dir = data_dir
        self.port = _free_port()
        self.url = f"http://localhost:{self.port}"
        self._log_path = data_dir / "server.log"
        self._variables = _own_database() | variables
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.data_dir.mkdir(parents=True, exist_ok=True)
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    @cached_property
    def config(self) -> dict[str, Any]:
        """``/demo/config.json``: endpoint, key pair, clients and users."""
        answer = requests.get(f"{self.url}/demo/config.json", timeout=10)
        answer.raise_for_status()
        return answer.json()

    @property
    def log(self) -> str:
        """Everything that the server wrote since it was first started."""
        return self._log_path.read_text(encoding="utf-8", errors="replace")

    def client(self, name: str) -> dict[str, Any]:
        """The app client called ``name`` in the config."""
        return next(client for client in self.config["clients"] if client["name"] == name)

    def start(self) -> None:
        """Start, and return when the server answers."""
        variables = {
            "DEMO": "1",
            "DATA_DIR": str(self.data_dir),
            "PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
            "STATIC_ROOT": str(environment.DATA_DIR / "static"),  # collected once for all servers
        }
        with self._log_path.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"],
                cwd=environment.ROOT,
                env=_quiet(environment.bare()) | variables | self._variables,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # its workers are its process group: kill9() reaches them and nobody else
            )
        self._wait()

    def stop(self) -> int:
        """End it as Ctrl-C or a service manager does; the exit status."""
        if not self._process:
            return 0
        self._process.send_signal(signal.SIGTERM)
        try:
            return self._process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill9()
            raise
        finally:
            self._process = None

    def kill9(self) -> None:
        """Kill the master and its workers as a power cut would: nothing gets the chance to tidy up."""
        if self._process:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(timeout=STOP_SECONDS)
            self._process = None
            _wait_until_free(self.port)  # the workers die after the master does, and they hold the port as well

    def restart(self) -> None:
        self.stop()
        self.start()

    def _wait(self) -> None:
        deadline = time.monotonic() + STARTUP_SECONDS
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                raise RuntimeError(f"The server ended while it was starting:\n{self.log}")
            try:
                if requests.get(f"{self.url}/healthz", timeout=5).ok:
                    return
            except (requests.ConnectionError, requests.ReadTimeout):  # the port is bound before a worker is ready
                pass
            time.sleep(0.05)
        raise RuntimeError(f"The server did not answer within {STARTUP_SECONDS} seconds:\n{self.log}")


def _own_database() -> dict[str, str]:
    """On SQLite the data folder holds it; on a PostgreSQL that the tests were given, one is made."""
    url = os.environ.get("DATABASE_URL", "")
    return {"DATABASE_URL": postgres.fresh_database(url)} if url.startswith("postgres") else {}


def _quiet(variables: dict[str, str]) -> dict[str, str]:
    """Without Python's development mode: the server is to be what a newcomer runs."""
    return {name: value for name, value in variables.items() if name not in {"PYTHONDEVMODE", "PYTHONWARNINGS"}}


def _free_port() -> int:
    """A port that nobody has, on either loopback address.

    Below the range that outgoing connections take theirs from: one of them might have it while we restart.
    """
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        if _is_free(port):
            return port


def _is_free(port: int) -> bool:
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, port))
            except OSError as error:
                if error.errno == errno.EADDRINUSE:
                    return False
    return True


def _wait_until_free(port: int) -> None:
    deadline = time.monotonic() + STARTUP_SECONDS
    while not _is_free(port):
        if time.monotonic() > deadline:
            raise RuntimeError(f"Port {port} was still taken {STARTUP_SECONDS} seconds after the server was killed.")
        time.sleep(0.05)
