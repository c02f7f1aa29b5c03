"""Signing in as fast as one thread can: raw sockets and one selector, because load and server share the cores.

Bounded in count and in time, on the loopback interface only. Answers are kept and judged afterwards, so that judging
takes nothing from the server either.
"""

import json
import random
import selectors
import socket
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from typing import Any

from benchmarks import srp_client

HOST = "127.0.0.1"
SILENCE = 30.0  # seconds without any answer that end a run


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A server with a pool in it, whose users are called user-000001 and so on and have one password."""

    port: int
    path: str
    pool_id: str
    client_id: str
    password: str
    users: int


@dataclass(frozen=True, slots=True)
class Completed:
    """One sign-in: who, how long it took in seconds, and the last answer."""

    username: str
    seconds: float
    answer: bytes


@dataclass(slots=True)
class Run:
    """What came of a run. ``errors`` say what went wrong, one text a sign-in."""

    completed: list[Completed] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    elapsed: float = 0.0

    @property
    def rate(self) -> float:
        """Completed sign-ins a second."""
        return len(self.completed) / self.elapsed if self.elapsed else 0.0

    def percentile(self, share: float) -> float:
        """Milliseconds within which ``share`` of the sign-ins were completed."""
        ordered = sorted(each.seconds for each in self.completed)
        return 1000 * ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


# A sign-in is handed answers and yields requests: (operation, body).
SignIn = Generator[tuple[str, dict[str, Any]], bytes, None]
Flow = Callable[[Target, str], SignIn]


def user_password_auth(target: Target, username: str) -> SignIn:
    parameters = {"USERNAME": username, "PASSWORD": target.password}
    yield _initiate(target, "USER_PASSWORD_AUTH", parameters)


def user_srp_auth(target: Target, username: str) -> SignIn:
    parameters = {"USERNAME": username, "SRP_A": srp_client.PUBLIC_VALUE}
    asked = json.loads((yield _initiate(target, "USER_SRP_AUTH", parameters)))
    answers = srp_client.responses(asked["ChallengeParameters"], pool_id=target.pool_id, password=target.password)
    request = {"ChallengeName": "PASSWORD_VERIFIER", "ClientId": target.client_id, "ChallengeResponses": answers}
    yield "RespondToAuthChallenge", request


def _initiate(target: Target, flow: str, parameters: dict[str, str]) -> tuple[str, dict[str, Any]]:
    return "InitiateAuth", {"AuthFlow": flow, "ClientId": target.client_id, "AuthParameters": parameters}


FLOWS: dict[str, Flow] = {"USER_PASSWORD_AUTH": user_password_auth, "USER_SRP_AUTH": user_srp_auth}


def at_random(users: int, *, most: int = 100_000) -> Iterator[str]:
    """``most`` usernames, each time the same ones."""
    choice = random.Random(users)  # noqa: S311 - not for secrets
    for _ in range(most):
        yield f"user-{choice.randint(1, users):06}"


def headers(operation: str) -> dict[str, str]:
    """Of a request. moto finds the service by the Authorization, which nobody checks for a public operation."""
    return {
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": f"AWSCognitoIdentityProviderService.{operation}",
        "Authorization": "AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/cognito-idp/aws4_request",
    }


class _Client:
    """One connection, kept for as long as the server keeps it, that signs one user in after another."""

    def __init__(
        self, target: Target, flow: Flow, usernames: Iterator[str], run: Run, selector: selectors.BaseSelector
    ) -> None:
        self._target, self._flow, self._usernames, self._run = target, flow, usernames, run
        self._selector = selector
        self._head = f"POST {target.path} HTTP/1.1\r\nHost: localhost:{target.port}\r\n" + "".join(
            f"{name}: {value}\r\n" for name, value in headers("{operation}").items()
        )
        self._open()

    def begin(self) -> None:
        """Start the next sign-in, or leave when there is nobody left."""
        self._username = next(self._usernames, "")
        if not self._username:
            self._close()
            return
        self._sign_in = self._flow(self._target, self._username)
        self._began = time.perf_counter()
        self._send(next(self._sign_in))

    def go_on(self) -> None:
        """Take what has arrived."""
        received = self._socket.recv(65536)
        self._received += received
        answer = self._answer()
        if answer:
            self._take(*answer)
        elif not received:
            self._run.errors.append(f"{self._username}: the server closed the connection")
            self._close()

    def _open(self) -> None:
        self._socket = socket.create_connection((HOST, self._target.port), timeout=SILENCE)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._received = b""
        self._selector.register(self._socket, selectors.EVENT_READ, self)

    def _close(self) -> None:
        self._selector.unregister(self._socket)
        self._socket.close()

    def _answer(self) -> tuple[int, bytes] | None:
        """Status and body, once they are there whole."""
        head, found, body = self._received.partition(b"\r\n\r\n")
        if not found:
            return None
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        if len(body) < length:
            return None
        self._received = body[length:]
        if b"connection: close" in head.lower():
            self._close()
            self._open()
        return int(head[9:12]), body[:length]

    def _take(self, status: int, body: bytes) -> None:
        if status != 200:
            self._run.errors.append(f"{self._username}: {status} {body[:200].decode(errors='replace')}")
            self.begin()
            return
        try:
            self._send(self._sign_in.send(body))
        except StopIteration:
            self._run.completed.append(Completed(self._username, time.perf_counter() - self._began, body))
            self.begin()

    def _send(self, request: tuple[str, dict[str, Any]]) -> None:
        operation, content = request
        body = json.dumps(content)
        head = self._head.replace("{operation}", operation)
        self._socket.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode())


def run(target: Target, flow: Flow, usernames: Iterator[str], *, clients: int, seconds: float) -> Run:
    """Sign in everybody of ``usernames`` (ASCII) with so many clients at once, starting nobody after ``seconds``."""
    result = Run()
    until = time.perf_counter() + seconds
    bounded = (name for name in usernames if time.perf_counter() < until)
    with selectors.DefaultSelector() as selector:
        began = time.perf_counter()
        for client in [_Client(target, flow, bounded, result, selector) for _ in range(clients)]:
            client.begin()
        while selector.get_map():
            ready = selector.select(SILENCE)
            if not ready:
                result.errors.append(f"no answer for {SILENCE:.0f} seconds")
                break
            for key, _ in ready:
                key.data.go_on()
        result.elapsed = time.perf_counter() - began
    return result
