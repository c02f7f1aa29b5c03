"""Functions behind the Lambda Invoke API, and servers in its place that mean no good."""

import gzip
import json
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from pytest_django import Settings

from flows.pool.lambdas import invocation, remote
from flows.pool.lambdas.outcomes import FunctionRaised, NotInvoked
from flows.pool.lambdas.places import PATIENCE
from tests import lambda_api
from tests.lambda_api import ARN, Event, Functions
from tests.pool.conftest import World
from tests.race import race

Script = Callable[[socket.socket], None]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@contextmanager
def server(script: Script) -> Iterator[str]:
    """The URL of one that answers every request by ``script``."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    client, _ = listener.accept()
                    threading.Thread(target=answer, args=(client,), daemon=True).start()

        def answer(client: socket.socket) -> None:
            with client, suppress(OSError):
                received = b""
                while not received.endswith(b"{}"):  # whoever closes before may lose what it has sent
                    received += client.recv(65536)
                script(client)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


def whole(body: bytes, *headers: bytes) -> Script:
    def send(client: socket.socket) -> None:
        client.sendall(HEAD + b"".join(header + b"\r\n" for header in headers) + b"\r\n" + body)

    return send


def drip(start: bytes, piece: bytes) -> Script:
    def send(client: socket.socket) -> None:
        client.sendall(start)
        while True:
            client.sendall(piece)
            time.sleep(0.05)

    return send


def ask(url: str, *, name: str = "theirs", seconds: float = 5) -> object:
    return remote.run(url, name, {}, request_id="-", seconds=seconds)


# -- Functions that mean well ------------------------------------------------------------------------------------
@pytest.mark.parametrize("ending", ["", "/"])
def test_other_functions_are_called_by_the_invoke_api(functions: Functions, settings: Settings, ending: str) -> None:
    settings.LAMBDA_ENDPOINT_URL += ending
    functions.add(theirs=lambda event: {"name": "theirs", "event": event})
    assert invocation.invoke(f"{ARN}theirs", {"a": 1}) == {"name": "theirs", "event": {"a": 1}}


def test_an_error_of_a_function_behind_the_invoke_api(functions: Functions) -> None:
    def fails(event: Event) -> None:
        raise lambda_api.Raises("out of luck")

    functions.add(failing=fails)
    with pytest.raises(FunctionRaised) as failed:
        invocation.invoke(f"{ARN}failing", {})
    assert (failed.value.message, failed.value.error_type) == ("out of luck", "Error")


def test_a_function_that_the_invoke_api_does_not_know(functions: Functions) -> None:
    with pytest.raises(NotInvoked) as failed:
        invocation.invoke(f"{ARN}unknown", {})
    assert failed.value.error == "ResourceNotFoundException"


@pytest.mark.parametrize("name", ["..", ".", "a/b", "%2e%2e", "", "a b", "x" * 65])
def test_a_name_that_no_function_has_leads_to_no_other_path(functions: Functions, name: str) -> None:
    functions.by_name |= {"..": dict, "invocations": dict}
    with pytest.raises(NotInvoked) as failed:
        invocation.invoke(f"{ARN}{name}", {})
    assert failed.value.error == "ResourceNotFoundException"
    assert not functions.events


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_are_all_served_and_the_log_is_quiet(
    functions: Functions, caplog: pytest.LogCaptureFixture
) -> None:
    functions.add(echo=lambda event: event)
    assert race(50, lambda: invocation.invoke(f"{ARN}echo", {"a": 1})) == [{"a": 1}] * 50
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


# -- Functions that hang -----------------------------------------------------------------------------------------
def test_functions_that_hang_do_not_hold_every_thread(functions: Functions, settings: Settings) -> None:
    settings.LAMBDA_MOST_AT_ONCE = 2
    go_on, answers = threading.Event(), []
    functions.add(hangs=lambda event: go_on.wait(20), echo=lambda event: event)

    def hang() -> None:
        answers.append(invocation.invoke(f"{ARN}hangs", {}))

    hanging = [threading.Thread(target=hang) for _ in range(2)]
    for thread in hanging:
        thread.start()
    while len(functions.events) < 2:
        time.sleep(0.01)
    for most in (2 * PATIENCE, PATIENCE / 2):  # a moment for the first, none once it is known that they hang
        began = time.monotonic()
        with pytest.raises(NotInvoked) as failed:
            invocation.invoke(f"{ARN}echo", {})
        assert failed.value.error == "TooManyRequestsException"
        assert time.monotonic() - began < most
    assert invocation.invoke(f"{ARN}echo", {"a": 1}, is_waited_for=False) == {"a": 1}, "has a thread of its own"
    go_on.set()
    for thread in hanging:
        thread.join()
    assert answers == [True, True]
    assert invocation.invoke(f"{ARN}echo", {"a": 1}) == {"a": 1}


@pytest.mark.parametrize(
    "script",
    [
        drip(HEAD + b"Content-Length: 100000\r\n\r\n", b" "),
        drip(HEAD, b"X"),
        drip(HEAD, b"X-More: y\r\n"),
        drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    ],
    ids=["body", "header", "headers", "continue", "chunks"],
)
def test_the_deadline_is_for_the_whole_answer(script: Script) -> None:
    began = time.monotonic()
    with server(script) as url, pytest.raises(NotInvoked) as failed:
        ask(url, seconds=0.5)
    assert time.monotonic() - began < 5, "and whatever comes never ends"
    assert failed.value.error == "Task timed out after 0.50 seconds"
    assert failed.value.passing


# -- Answers that are none ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("header", [b"Content-Length: 7000000", b"Connection: close"])
def test_an_answer_that_is_too_large(header: bytes) -> None:
    with server(whole(b'"' + b"x" * 7_000_000 + b'"', header)) as url, pytest.raises(FunctionRaised) as failed:
        ask(url)
    assert failed.value.error_type == "Function.ResponseSizeTooLarge"


def test_compressed_content_is_not_unpacked() -> None:
    with server(whole(gzip.compress(b'{"response": {}}'), b"Content-Encoding: gzip")) as url:
        assert ask(url) is None


@pytest.mark.parametrize(
    "body",
    [
        b"not json",
        b"",
        b'{"a": "\\ud83d"}',
        b'{"a": "\\u0000"}',
        b'{"a": NaN}',
        b'{"a": 1e999}',
        b'{"a": 1, "a": 2}',
        b"[" * 100_000,
        b"[" * 100 + b"]" * 100,
        b'"\xff"',
        b"1" * 5000,
    ],
    ids=lambda body: repr(body[:16]),
)
def test_t130_what_is_no_plain_json_is_no_answer(body: bytes) -> None:
    with server(whole(body)) as url:
        assert ask(url) is None


@pytest.mark.parametrize(
    ("report", "message", "error_type"),
    [
        (b'{"errorMessage": "half \\ud83d, nul \\u0000", "errorType": "Error"}', "half \ufffd, nul \ufffd", "Error"),
        (b'{"errorMessage": "' + b"x" * 5000 + b'"}', "x" * 2000, ""),
        (b'{"errorMessage": {"a": 1}, "errorType": "Two\\nlines"}', "", ""),
        (b'"text"', "", ""),
        (b"[" * 100_000, "", ""),
        (b"not json", "", ""),
    ],
    ids=["no text", "long", "no words", "text", "depths", "no json"],
)
def test_t131_reports_of_any_form(report: bytes, message: str, error_type: str) -> None:
    with server(whole(report, b"X-Amz-Function-Error: Unhandled")) as url, pytest.raises(FunctionRaised) as failed:
        ask(url)
    assert (failed.value.message, failed.value.error_type) == (message, error_type)


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH\r\n",
        b"",
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\n\r\n",
        b"HTTP/1.1 500 Oops\r\nx-amzn-errortype: <script> and more\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 101 + b"\r\n",
    ],
    ids=["other protocol", "nothing", "redirect", "strange error", "long header", "many headers"],
)
def test_what_is_no_invoke_api(answer: bytes) -> None:
    with server(lambda client: client.sendall(answer)) as url, pytest.raises(NotInvoked) as failed:
        ask(url)
    assert (failed.value.error, failed.value.passing) == ("ServiceException", False)


def test_t154_nobody_is_told_where_the_endpoint_is(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    who = "user:hunter2"
    settings.LAMBDA_HANDLERS, settings.LAMBDA_ENDPOINT_URL = {}, f"http://{who}@127.0.0.1:9/prod"
    with pytest.raises(NotInvoked) as failed:
        invocation.invoke(f"{ARN}theirs", {"triggerSource": "PreSignUp_SignUp", "userPoolId": "local_1"})
    assert failed.value.error == "ServiceException"
    assert "PreSignUp_SignUp of pool local_1 failed: ServiceException (ConnectionRefusedError at 127.0.0.1:9)" in (
        caplog.text
    )
    assert "hunter2" not in caplog.text


def test_the_event_arrives_whole(functions: Functions) -> None:
    functions.add(echo=json.dumps)
    event = {"text": "zo\u00eb" * 300_000}
    assert json.loads(invocation.invoke(f"{ARN}echo", event)) == event


# -- What a client sees ------------------------------------------------------------------------------------------
def sign_up(world: World) -> tuple[str, str]:
    return world.refusal("SignUp", ClientId=world.client_id, Username="zoe", Password="Correct-horse-1")


@pytest.mark.parametrize("text", ["\ud83d", "\0"])
def test_t131_an_answer_that_cannot_be_stored_is_refused(world: World, functions: Functions, text: str) -> None:
    config = functions.add(PreSignUp=lambda event: event | {"response": {"autoConfirmUser": True, "remark": text}})
    world("UpdateUserPool", UserPoolId=world.pool_id, LambdaConfig=config)
    assert sign_up(world) == ("InvalidLambdaResponseException", "Unrecognizable lambda output")


def test_t131_an_error_with_half_a_character_is_told(world: World, functions: Functions) -> None:
    def refuses(event: Event) -> None:
        raise lambda_api.Raises("not \ud83d")

    world("UpdateUserPool", UserPoolId=world.pool_id, LambdaConfig=functions.add(PreSignUp=refuses))
    assert sign_up(world) == ("UserLambdaValidationException", "PreSignUp failed with error not \ufffd.")
