"""Clients that send slowly, or oddly, keep nobody else waiting (authsite/worker.py)."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from email.message import Message
from http.client import HTTPConnection, parse_headers
from typing import Self

import pytest
from django.conf import settings

from authsite.arrived import MAXIMUM_HEAD
from authsite.worker import PARTING_SECONDS, REQUEST_SECONDS
from flows.pool import wire
from tests.live import Live

TARGET = "AWSCognitoIdentityProviderService.InitiateAuth"
GET = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
POST = (
    b"POST /cognito-idp HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: application/x-amz-json-1.1\r\nX-Amz-Target: %b\r\n" % TARGET.encode()
)
FORM = b"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\n"
SLOW = 4.0  # seconds; a busy machine is quicker, and a site whose threads all wait takes more than twice as long


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """Not the shared one: a worker that is wrong here must not hold up the other tests."""
    with Live(tmp_path_factory.mktemp("slow")) as server:
        yield server


class Client:
    """One connection, byte by byte."""

    def __init__(self, site: Live) -> None:
        self.socket = socket.create_connection(("127.0.0.1", site.port), timeout=REQUEST_SECONDS + 20)
        self._incoming = self.socket.makefile("rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._incoming.close()
        self.socket.close()

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def answer(self) -> tuple[int, Message, bytes]:
        """The next one: status, headers and body."""
        status = int(self._incoming.readline().split()[1])
        headers = parse_headers(self._incoming)
        return status, headers, self._incoming.read(int(headers["Content-Length"] or 0))

    def ended(self) -> bool:
        """Wait for the server to say more or to close."""
        return self._incoming.read(1) == b""


def p95(site: Live) -> float:
    """Seconds that somebody else's requests take, each on a new connection."""
    took = []
    for number in range(40):
        began = time.monotonic()
        with closing(HTTPConnection("127.0.0.1", site.port, timeout=REQUEST_SECONDS)) as connection:
            if number % 2:
                connection.request("POST", "/cognito-idp", b"{}", {"X-Amz-Target": TARGET})
                assert connection.getresponse().status == 400
            else:
                connection.request("GET", "/healthz")
                assert connection.getresponse().status == 200
        took.append(time.monotonic() - began)
    return sorted(took)[int(len(took) * 0.95)]


# -- Others are served -------------------------------------------------------------------------------------------
def test_t132_half_sent_requests_keep_nobody_waiting_and_are_ended(site: Live) -> None:
    with ExitStack() as stack:
        heads = [stack.enter_context(Client(site)) for _ in range(200)]
        bodies = [stack.enter_context(Client(site)) for _ in range(50)]
        resting = stack.enter_context(Client(site))
        resting.send(GET + b"\r\n")  # an empty line is no half of a request
        began = time.monotonic()
        for client in heads:
            client.send(b"GET /healthz HTTP/1.1\r\nHost: local")
        for client in bodies:
            client.send(POST + b"Content-Length: 1000\r\n\r\n{")
        stop = threading.Event()
        dripping = threading.Thread(target=drip, args=(bodies, stop))
        dripping.start()
        stack.callback(dripping.join)
        stack.callback(stop.set)

        assert p95(site) < SLOW
        for client in heads + bodies:
            status, headers, _ = client.answer()
            assert (status, headers["Connection"]) == (408, "close")
        assert REQUEST_SECONDS - 1 < time.monotonic() - began < REQUEST_SECONDS + 15
        assert p95(site) < SLOW
        assert resting.answer()[0] == 200
        resting.send(GET)
        assert resting.answer()[0] == 200


def drip(clients: list[Client], stop: threading.Event) -> None:
    """One byte a second of each, until they are told to stop or the server ends them."""
    while not stop.wait(1):
        for client in clients:
            with suppress(OSError):
                client.send(b" ")


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(GET, id="a request, and then they keep the connection"),
        pytest.param(b"GET /healthz HTTP/1.0\r\n\r\n", id="a last request, and then they do not close"),
        pytest.param(b"nonsense\n\n", id="no HTTP, and then they do not close"),
        pytest.param(POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{", id="half a chunk"),
        pytest.param(POST + b"Expect: 100-continue\r\nContent-Length: 9\r\n\r\n", id="a head, to be told to continue"),
        pytest.param(POST + b"Content-Length: 1000000\r\n\r\n{", id="the beginning of too much"),
        pytest.param(FORM + b"Content-Length: 1000000\r\n\r\na=", id="the beginning of a form that is too long"),
        pytest.param(
            FORM + b"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000000\r\n\r\n--x\r\n",
            id="the beginning of an upload",
        ),
    ],
)
def test_t132_who_stays_connected_keeps_nobody_waiting(site: Live, sent: bytes) -> None:
    with ExitStack() as stack:
        for _ in range(200):
            stack.enter_context(Client(site)).send(sent)
        assert p95(site) < SLOW


# -- Odd requests are refused ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (POST + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        (POST + b"Transfer-Encoding: chunked\r\nContent-Length: 900\r\n\r\n", 400),
        (POST + b"Content-Length: 2\r\nContent-Length: 900\r\n\r\n{}", 400),
        (POST + b"Content-Length: 900\r\nContent-Length: 900\r\n\r\n", 400),
        (POST + b"Content-Length: 2, 2\r\n\r\n{}", 400),
        (POST + b"Content-Length: +2\r\n\r\n{}", 400),
        (POST + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n{}", 400),
        (POST + b"Content-Length : 2\r\n\r\n{}", 400),
        (GET[:-2] + b"X: " + b"x" * MAXIMUM_HEAD + b"\r\n\r\n", 431),
        (GET[:-2] + b"X: %b\r\n" % (b"x" * 8000) * 9 + b"\r\n", 431),
        (GET[:-2] + b"X: " + b"x" * MAXIMUM_HEAD, 431),
        (b"x" * MAXIMUM_HEAD, 431),
        (GET.replace(b"\r\n", b"\n"), 400),
    ],
)
def test_t132_an_ambiguous_or_endless_head_is_refused(site: Live, sent: bytes, status: int) -> None:
    """At once, and nothing that comes behind it is taken for a request."""
    began = time.monotonic()
    with Client(site) as client:
        client.send(sent)
        assert client.answer()[0] == status
        client.send(GET)
        assert client.ended()
    assert time.monotonic() - began < PARTING_SECONDS + SLOW


def test_t132_what_is_no_http_is_closed_at_once(site: Live) -> None:
    """Somebody typed https:// for http://."""
    with Client(site) as client:
        client.socket.settimeout(SLOW)
        client.send(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")
        assert client.ended()


# -- Slow, but in time -------------------------------------------------------------------------------------------
LARGEST = json.dumps({"ClientId": "x" * (wire.MAXIMUM_BODY - 16)}).encode()


@pytest.mark.parametrize("break_at", [1, 30, len(POST) + 10, len(POST) + 30, len(POST) + 5000, -1])
@pytest.mark.parametrize("before", [b"", b"\r\n", GET])
def test_t132_a_request_in_pieces_is_answered(site: Live, break_at: int, before: bytes) -> None:
    """Also when it comes behind an empty line, or with the request before it."""
    request = POST + b"Content-Length: %d\r\n\r\n" % len(LARGEST) + LARGEST
    with Client(site) as client:
        client.send(before + request[:break_at])
        time.sleep(0.1)
        client.send(request[break_at:])
        if before == GET:
            assert client.answer()[0] == 200
        assert json.loads(client.answer()[2])["__type"] == "InvalidParameterException"
        client.send(GET)  # the connection is kept
        assert client.answer()[0] == 200


def test_t132_requests_sent_at_once_are_answered_in_order(site: Live) -> None:
    with Client(site) as client:
        client.send((GET + POST + b"Content-Length: 2\r\n\r\n{}") * 20)
        client.socket.shutdown(socket.SHUT_WR)
        assert [client.answer()[0] for _ in range(40)] == [200, 400] * 20
        assert client.ended()


@pytest.mark.parametrize(("version", "told"), [(b"HTTP/1.1", [100]), (b"HTTP/1.0", [])])
def test_t132_who_waits_for_100_continue_is_told_once(site: Live, version: bytes, told: list[int]) -> None:
    """HTTP/1.0 knows no such answer."""
    with Client(site) as client:
        client.send(POST.replace(b"HTTP/1.1", version) + b"Content-Length: 2\r\nexpect: 100-Continue\r\n")
        time.sleep(0.1)
        client.send(b"\r\n")
        assert [client.answer()[0] for _ in told] == told
        client.send(b"{")
        time.sleep(0.1)
        client.send(b"}")
        assert client.answer()[0] == 400


@pytest.mark.parametrize(
    ("framing", "status"), [(b"Content-Length: 1000000", 413), (b"Transfer-Encoding: chunked", 400)]
)
def test_t132_a_body_that_was_not_waited_for_ends_the_connection(site: Live, framing: bytes, status: int) -> None:
    with Client(site) as client:
        client.send(POST + framing + b"\r\n\r\n")
        given, headers, body = client.answer()
        assert (given, headers["Connection"]) == (status, "close")
        assert "__type" in json.loads(body)
        client.send(b"5\r\n" + GET)
        assert client.ended()


def test_t132_who_is_still_sending_can_read_the_refusal(site: Live) -> None:
    with Client(site) as client:
        client.send(POST + b"Content-Length: 1000000\r\n\r\n")
        for _ in range(5):
            time.sleep(0.1)
            client.send(b" " * 100_000)  # to a closed connection, this would fail
        assert client.answer()[0] == 413


def test_t132_who_never_closes_is_parted_from(site: Live) -> None:
    with Client(site) as client:
        began = time.monotonic()
        client.send(b"GET /healthz HTTP/1.0\r\n\r\n")
        assert client.answer()[0] == 200
        assert client.ended()
        with suppress(ConnectionError):
            while time.monotonic() - began < PARTING_SECONDS + 10:
                client.send(b" ")
                time.sleep(0.2)
        assert PARTING_SECONDS / 2 < time.monotonic() - began < PARTING_SECONDS + 9


def test_t132_the_largest_body_is_waited_for() -> None:
    """Or the pool would find the end of a body missing."""
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE == wire.MAXIMUM_BODY


# -- The server is stopped ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("sent", [b"", b"GET /healthz", GET])
def test_t132_slow_clients_do_not_keep_a_server_that_is_stopped(own_live: Live, sent: bytes) -> None:
    with ExitStack() as stack:
        for _ in range(50):
            stack.enter_context(Client(own_live)).send(sent)
        p95(own_live)
        began = time.monotonic()
        assert own_live.stop() == 0
        assert time.monotonic() - began < REQUEST_SECONDS + 15
