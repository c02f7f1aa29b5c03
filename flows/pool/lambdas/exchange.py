"""One HTTP request with one deadline and one limit of size for its whole answer.

The timeouts of HTTP clients are for single reads: a server that sends byte by byte, or "100 Continue" again and again,
keeps them for as long as it likes. Content is taken as it is, for what is small compressed need not be small.
"""

import io
import socket
import ssl
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from functools import cache
from http.client import HTTPConnection
from typing import Any
from urllib.parse import SplitResult

from flows.pool.lambdas.deadline import Deadline

_DEFAULT_PORTS = {"http": 80, "https": 443}


class TooLarge(Exception):
    """There is more of the answer than was allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """``body`` is what was sent, whatever Content-Encoding says."""

    status: int
    headers: Message
    body: bytes


def post(
    address: SplitResult, path: str, *, headers: Mapping[str, str], body: bytes, seconds: float, longest: int
) -> Answer:
    """The answer to POST ``path`` at the host of ``address``. Only finding its IP address may take longer.

    Raises ``TimeoutError``, ``TooLarge``, and for what is no exchange of HTTP ``OSError``, ``HTTPException`` or
    ``ValueError``.
    """
    deadline = Deadline.after(seconds)
    host, port = address.hostname or "", address.port or _DEFAULT_PORTS[address.scheme]
    with _connect(host, port, deadline) as plain:
        stream = _tls().wrap_socket(plain, server_hostname=host) if address.scheme == "https" else plain
        with closing(stream):
            connection = HTTPConnection(host, port)
            connection.sock = _Stream(stream, deadline)
            host_header = address.netloc.rpartition("@")[2]
            connection.request("POST", path, body=body, headers={**headers, "Host": host_header, "Connection": "close"})
            with connection.getresponse() as response:
                content = response.read(longest + 1)
    if len(content) > longest:
        raise TooLarge
    return Answer(status=response.status, headers=response.headers, body=content)


def _connect(host: str, port: int, deadline: Deadline) -> socket.socket:
    failure = OSError("no address")
    for *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        try:
            return socket.create_connection((str(address[0]), port), timeout=deadline.left())
        except OSError as error:
            failure = error
    raise failure


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


class _Stream:
    """As much of a socket as HTTPConnection uses. Whoever made the socket closes it."""

    def __init__(self, stream: socket.socket, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def sendall(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            self._stream.settimeout(self._deadline.left())
            rest = rest[self._stream.send(rest) :]

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self._stream, self._deadline))

    def close(self) -> None: ...


class _Reader(io.RawIOBase):
    def __init__(self, stream: socket.socket, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._stream.settimeout(self._deadline.left())
        return self._stream.recv_into(buffer)
