"""Running Lambda functions here, in processes of their own."""

import os
import resource
import signal
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from flows.pool.lambdas import environments, invocation
from flows.pool.lambdas.environments import Warm
from flows.pool.lambdas.outcomes import FunctionRaised, NotInvoked
from flows.pool.lambdas.process import Function
from tests.race import race

HANDLERS = (
    *("echo", "about", "raises", "hangs", "crashes", "leaves", "prints", "returns_junk", "returns_a_lot"),
    *("meets", "raises_strange_words", "returns_half_an_emoji", "returns_nul", "returns_nan"),
    *("returns_duplicates", "returns_depths", "forks"),
)
ARN = "arn:aws:lambda:us-east-1:123456789012:function:"


@pytest.fixture(autouse=True)
def functions(settings: Settings) -> Iterator[None]:
    settings.LAMBDA_HANDLERS = {name: f"tests.lambda_functions.{name}" for name in HANDLERS}
    settings.LAMBDA_HANDLERS["missing"] = "tests.lambda_functions.nothing_of_that_name"
    settings.LAMBDA_ENVIRONMENT = {"GREETING": "hello"}
    yield
    environments.end_all()


def named(name: str, **variables: str) -> Function:
    folder = str(invocation.settings.BASE_DIR)
    return Function(name=name, handler=f"tests.lambda_functions.{name}", folder=folder, variables=variables)


def run(runner: Callable[..., Any], function: Function, event: Any, *, seconds: float = 5) -> Any:
    return runner(function, event, request_id=str(uuid.uuid4()), seconds=seconds)


@pytest.fixture
def warm() -> Iterator[Warm]:
    """As the pool has them, but with little patience and room."""
    made = Warm(seconds=2, most=2)  # a busy machine may need one of them to come back to it
    yield made
    made.end_all()


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


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
        ("returns_a_lot", "Response payload size exceeded maximum allowed payload size (6291456 bytes)."),
        ("returns_junk", "Unable to marshal response: Object of type set is not JSON serializable"),
        ("returns_nan", "Unable to marshal response: Out of range float values are not JSON compliant"),
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
    function = named("hangs")
    began = time.monotonic()
    with pytest.raises(NotInvoked) as failed:
        run(environments.run, function, {"padding": "x" * 500_000}, seconds=0.5)
    assert failed.value.passing
    assert failed.value.error == "Task timed out after 0.50 seconds"
    assert time.monotonic() - began < 5


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_all_served() -> None:
    results = race(20, lambda: invocation.invoke(f"{ARN}about", {})["pid"])
    assert len(results) == 20
    assert len(set(results)) <= invocation.settings.LAMBDA_MOST_AT_ONCE


@pytest.mark.django_db(transaction=True)
def test_those_that_run_at_once_have_environments_of_their_own(settings: Settings, tmp_path: Path) -> None:
    settings.LAMBDA_MOST_AT_ONCE = 6
    event = {"place": str(tmp_path), "all": 6}
    assert len(set(race(6, lambda: invocation.invoke(f"{ARN}meets", event)))) == 6


# -- What functions answer ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["returns_half_an_emoji", "returns_nul", "returns_duplicates", "returns_depths"])
def test_t131_what_cannot_be_stored_is_no_answer(name: str) -> None:
    assert invocation.invoke(f"{ARN}{name}", {}) is None


def test_t131_strange_words_of_an_error_can_be_told() -> None:
    with pytest.raises(FunctionRaised) as failed:
        invocation.invoke(f"{ARN}raises_strange_words", {})
    assert failed.value.message.startswith("\ufffd\ufffd and so on")
    assert len(failed.value.message) == 2000


def test_t154_a_function_that_fails_is_a_line_in_the_log_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(FunctionRaised) as failed:
        invocation.invoke(f"{ARN}raises", {"triggerSource": "UserMigration_Authentication", "userPoolId": "local_1"})
    assert failed.value.error_type == "ValueError"
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("WARNING", "UserMigration_Authentication of pool local_1 failed: it raised ValueError")
    ]


# -- Processes ---------------------------------------------------------------------------------------------------
def test_idle_processes_end_by_themselves(warm: Warm) -> None:
    pid = run(warm.run, named("about"), {})["pid"]
    assert runs(pid)
    for _ in range(600):
        if not runs(pid):
            return
        time.sleep(0.02)
    pytest.fail("still there")


@pytest.mark.django_db(transaction=True)
def test_a_peak_leaves_few_processes_behind(tmp_path: Path) -> None:
    warm = Warm(seconds=60, most=2)
    event = {"place": str(tmp_path), "all": 5}
    pids = set(race(5, lambda: run(warm.run, named("meets"), event)))
    assert len(pids) == 5
    assert sum(runs(pid) for pid in pids) == 2
    warm.end_all()
    assert not any(runs(pid) for pid in pids)


def test_a_process_that_ended_while_idle_costs_nothing(warm: Warm) -> None:
    pid = run(warm.run, named("about"), {})["pid"]
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert run(warm.run, named("about"), {})["pid"] != pid


def test_a_handler_that_forks_gives_every_event_its_own_answer(warm: Warm) -> None:
    for number in range(8):
        assert run(warm.run, named("forks"), {"number": number}) == {"number": number}


def test_a_handler_that_raises_stays_warm(warm: Warm) -> None:
    """Functions refuse people that way: it must not cost a new process each time."""
    numbers = set()
    for _ in range(3):
        with pytest.raises(FunctionRaised) as failed:
            run(warm.run, named("raises_its_number"), {})
        numbers.add(failed.value.message)
    assert len(numbers) == 1


def test_changed_variables_take_a_new_process(settings: Settings) -> None:
    for greeting in ("hello", "good evening"):
        settings.LAMBDA_ENVIRONMENT = {"GREETING": greeting}
        assert invocation.invoke(f"{ARN}about", {})["variables"]["GREETING"] == greeting


@pytest.mark.parametrize("value", ["\0", "x" * 200_000])
def test_variables_that_no_process_takes(settings: Settings, value: str) -> None:
    settings.LAMBDA_ENVIRONMENT = {"GREETING": value}
    with pytest.raises(NotInvoked) as failed:
        invocation.invoke(f"{ARN}echo", {})
    assert failed.value.error == "ServiceException"


def test_descriptors_beyond_those_that_select_knows(warm: Warm) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(2048, hard), hard))
    held = [os.open(os.devnull, os.O_RDONLY) for _ in range(1100)]
    try:
        assert run(warm.run, named("echo"), {"a": 1}) == {"a": 1}
    finally:
        for descriptor in held:
            os.close(descriptor)
        warm.end_all()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
