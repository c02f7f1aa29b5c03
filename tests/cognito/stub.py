"""A server on loopback that answers as it is told: for what a real pool does on a bad day.

The portal reaches it as it would reach Cognito, over a socket, so its own time-outs and parsers are what is tested.
"""

import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CONNECTION = "tests.cognito.stub.connection"
_now: dict[str, Any] = {}


def connection() -> dict[str, Any]:
    """What settings.COGNITO_CONNECTION names in these tests."""
    return dict(_now)


@dataclass
class Answer:
    """First ``meanwhile`` runs and ``hang`` seconds pass; ``cut`` closes the connection without a word."""

    status: int = 200
    body: bytes = b"{}"
    content_type: str = "application/x-amz-json-1.1"
    hang: float = 0
    cut: bool = False
    meanwhile: Callable[[], None] = lambda: None


def refusal(code: str, message: str = "No.", *, status: int = 400) -> Answer:
    return Answer(status=status, body=json.dumps({"__type": code, "message": message}).encode())


@dataclass
class Stub:
    """``answers`` by operation (or ``GET``); ``"*"`` for any. ``requests`` is what arrived: (operation, body)."""

    url: str
    answers: dict[str, Answer] = field(default_factory=dict)
    requests: list[tuple[str, Any]] = field(default_factory=list)

    def count(self, operation: str) -> int:
        return sum(name == operation for name, _ in self.requests)


def point_at(stub: Stub) -> None:
    """Make ``connection()`` lead to a pool on ``stub`` that nothing has been remembered of."""
    pool_id = f"us-east-1_Stub{secrets.token_hex(4)}"
    _now.update(
        user_pool_id=pool_id,
        client_id="stubclient",
        client_secret=None,
        region="us-east-1",
        endpoint_url=stub.url,
        issuer=f"{stub.url}/{pool_id}",
        jwks_uri=f"{stub.url}/{pool_id}/.well-known/jwks.json",
        aws_access_key_id="AKIASTUB",
        aws_secret_access_key="stub-secret",
    )


class _Handler(BaseHTTPRequestHandler):
    stub: Stub

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer(self.headers.get("X-Amz-Target", "").rpartition(".")[2], json.loads(body))

    def do_GET(self) -> None:
        self._answer("GET", self.path)

    def _answer(self, operation: str, body: Any) -> None:
        self.stub.requests.append((operation, body))
        answer = self.stub.answers.get(operation) or self.stub.answers.get("*") or Answer()
        answer.meanwhile()
        time.sleep(answer.hang)
        if answer.cut:
            self.connection.close()
            return
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("x-amzn-RequestId", "request-1")
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def running() -> Iterator[Stub]:
    """A stub that listens."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:
            """A client that gave up is the point of some tests."""

    handler = type("Handler", (_Handler,), {})
    server = Server(("127.0.0.1", 0), handler)
    stub = Stub(f"http://127.0.0.1:{server.server_port}")
    handler.stub = stub  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
