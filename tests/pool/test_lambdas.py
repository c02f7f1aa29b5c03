"""Running Lambda functions: here, in processes of their own, and behind the Invoke API."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pytest_django import Settings

from flows.pool.lambdas import environments, invocation
from flows.pool.lambdas.outcomes import FunctionRaised, NotInvoked
from tests.race import race

HANDLERS = (
    *("echo", "about", "raises", "hangs", "crashes", "leaves", "prints", "returns_junk", "returns_a_lot"),
    "sleeps_briefly",
)
ARN = "arn:aws:lambda:us-east-1:123456789012:function:"


@pytest.fixture(autouse=True)
def functions(settings: Settings) -> Iterator[None]:
    settings.LAMBDA_HANDLERS = {name: f"tests.lambda_functions.{name}" for name in HANDLERS}
    settings.LAMBDA_HANDLERS["missing"] = "tests.lambda_functions.nothing_of_that_name"
    settings.LAMBDA_ENVIRONMENT = {"GREETING": "hello"}
    yield
    environments.end_all()


def test_a_function_is_found_by_its_arn_and_answers() -> None:
    event = {"request": {"text": "zoë", "number": 1.5, "nothing": None, "list": [True]}}
    assert invocation.invoke(f"{ARN}echo", event) == event
    assert invocation.invoke(f"{ARN}echo:7", event) == event, "with a version"


def test_an_environment_is_kept_warm_and_knows_only_what_it_is_told() -> None:
    first, second = (invocation.invoke(f"{ARN}about", {}) for _ in range(2))
    assert (first["calls"], second["calls"]) == (1, 2)
    assert first["pid"] == second["pid"]
    assert first["name"] == "about"
    assert 0 < first["left"] <= 5000
    assert first["variables"]["GREETING"] == "hello"
    assert not {"SECRET_KEY", "POOL_SEALING_KEYS", "DATA_DIR", "DATABASE_URL"} & first["variables"].keys()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("raises", "no luck today"),
        ("crashes", "RequestId: Process exited before completing request"),
        ("leaves", "RequestId: Process exited before completing request"),
        ("returns_a_lot", "RequestId: Process exited before completing request"),
        ("returns_junk", "Unable to marshal response: Object of type set is not JSON serializable"),
    ],
)
def test_a_function_that_fails_costs_one_request(name: str, message: str) -> None:
    with pytest.raises(FunctionRaised) as failed:
        invocation.invoke(f"{ARN}{name}", {})
    assert failed.value.message == message
    assert invocation.invoke(f"{ARN}echo", {"still": "here"}) == {"still": "here"}


def test_a_function_that_is_not_there() -> None:
    with pytest.raises(FunctionRaised) as failed:
        invocation.invoke(f"{ARN}missing", {})
    assert failed.value.message.startswith("Unable to import tests.lambda_functions.nothing_of_that_name")


def test_what_a_function_prints_is_no_answer() -> None:
    assert invocation.invoke(f"{ARN}prints", {}) == "the truth"


def test_a_function_that_hangs_is_killed_with_all_it_started() -> None:
    function = environments.Function(
        name="hangs", handler="tests.lambda_functions.hangs", folder=str(invocation.settings.BASE_DIR)
    )
    began = time.monotonic()
    with pytest.raises(NotInvoked) as failed:
        environments.run(function, {"padding": "x" * 500_000}, request_id="-", seconds=0.5)
    assert failed.value.passing
    assert failed.value.error == "Task timed out after 0.50 seconds"
    assert time.monotonic() - began < 5


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_environments_of_their_own_but_not_without_end() -> None:
    results = race(environments.MOST_AT_ONCE, lambda: invocation.invoke(f"{ARN}sleeps_briefly", {}))
    assert len(set(results)) == environments.MOST_AT_ONCE


class _Invoke(BaseHTTPRequestHandler):
    """As ``sam local start-lambda`` answers: /2015-03-31/functions/<name>/invocations."""

    def do_POST(self) -> None:
        event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        name = self.path.split("/")[3]
        if name == "slow":
            time.sleep(event["sleep"])
        failed = name == "failing"
        body = b"not json" if name == "babbling" else json.dumps(_answer(name, event)).encode()
        self.send_response(404 if name == "unknown" else 200)
        if failed:
            self.send_header("X-Amz-Function-Error", "Unhandled")
        if name == "unknown":
            self.send_header("x-amzn-errortype", "ResourceNotFoundException:")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None: ...


def _answer(name: str, event: Any) -> Any:
    return (
        {"errorMessage": "out of luck", "errorType": "Error"} if name == "failing" else {"name": name, "event": event}
    )


@pytest.fixture
def emulator(settings: Settings) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Invoke)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.LAMBDA_ENDPOINT_URL = f"http://127.0.0.1:{server.server_port}/"
    yield settings.LAMBDA_ENDPOINT_URL
    server.shutdown()
    server.server_close()


def test_other_functions_are_called_by_the_invoke_api(emulator: str) -> None:
    assert invocation.invoke(f"{ARN}theirs", {"a": 1}) == {"name": "theirs", "event": {"a": 1}}


def test_an_error_of_a_function_behind_the_invoke_api(emulator: str) -> None:
    with pytest.raises(FunctionRaised) as failed:
        invocation.invoke(f"{ARN}failing", {})
    assert failed.value.message == "out of luck"


def test_a_function_that_the_invoke_api_does_not_know(emulator: str) -> None:
    with pytest.raises(NotInvoked) as failed:
        invocation.invoke(f"{ARN}unknown", {})
    assert failed.value.error == "ResourceNotFoundException"


def test_text_that_is_no_json_is_no_answer(emulator: str) -> None:
    assert invocation.invoke(f"{ARN}babbling", {}) is None


def test_nobody_answers_at_the_endpoint(settings: Settings) -> None:
    settings.LAMBDA_ENDPOINT_URL = "http://127.0.0.1:9"
    with pytest.raises(NotInvoked) as failed:
        invocation.invoke(f"{ARN}theirs", {})
    assert failed.value.error == "ServiceException: nothing answers at http://127.0.0.1:9"
