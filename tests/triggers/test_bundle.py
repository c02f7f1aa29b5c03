"""The bundle for AWS: made, unpacked, and every handler run from it alone with recorded events."""

import ast
import json
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deploy.aws import bundle
from flows.triggers.catalog import CATALOG
from tests.triggers.aws import Aws
from tests.triggers.google import Google

HERE = Path(__file__).parent
# What Lambda's Python has (developer guide of Lambda, "Runtime-included SDK versions"), and the bundle therefore not.
BY_LAMBDA = ("boto3", "botocore", "jmespath", "dateutil", "s3transfer", "six.py", "urllib3")


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pinned requirements, for the interpreter of the tests."""
    folder = tmp_path_factory.mktemp("packages")
    bundle.requirements_into(folder, python="", architecture=None)
    return folder


@pytest.fixture(scope="module")
def zipped(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("zipped") / "triggers.zip"
    bundle.write(path, bundle.contents(packages))
    return path


@pytest.fixture(scope="module")
def task(zipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Lambda has in /var/task."""
    folder = tmp_path_factory.mktemp("task")
    with zipfile.ZipFile(zipped) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Lambda has in /var/runtime: links to the tests' own boto3 and what it needs."""
    folder = tmp_path_factory.mktemp("runtime")
    for name in BY_LAMBDA:
        (folder / name).symlink_to(Path(sysconfig.get_path("purelib")) / name)
    return folder


@pytest.fixture(scope="module")
def google(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Google]:
    with Google(tmp_path_factory.mktemp("google")) as google:
        yield google


def recorded(name: str) -> list[dict[str, Any]]:
    """``environment``, ``event``, and what is certain of the ``response``."""
    calls: list[dict[str, Any]] = json.loads((HERE / "events" / f"{name}.json").read_text(encoding="utf-8"))
    return calls


@pytest.mark.parametrize("name", CATALOG)
def test_a_handler_runs_from_the_bundle_alone(name: str, task: Path, runtime: Path, aws: Aws, google: Google) -> None:
    calls = recorded(name)
    assert calls
    command = [sys.executable, "-I", "-S", str(HERE / "lambda_runtime.py"), str(task), str(runtime), CATALOG[name]]
    completed = subprocess.run(
        command,
        input=json.dumps(calls),
        env={"PATH": os.environ["PATH"], **aws.variables, **google.variables},
        cwd=HERE,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    for call, answered in zip(calls, json.loads(completed.stdout), strict=True):
        assert "error" not in answered, completed.stderr
        assert {**answered, "response": None} == {**call["event"], "response": None}
        assert answered["response"].keys() == call["event"]["response"].keys() | call["response"].keys()
        assert {key: answered["response"][key] for key in call["response"]} == call["response"]


def test_a_function_loads_only_what_it_needs(task: Path) -> None:
    """Cold starts count: Cognito waits five seconds. boto3 is not even there."""
    program = "import sys; sys.path.insert(0, sys.argv[1]); import flows.triggers.{}; print(*sorted(sys.modules))"
    for module in ("define_auth_challenge", "create_auth_challenge", "verify_auth_challenge_response", "pre_sign_up"):
        command = [sys.executable, "-I", "-S", "-c", program.format(module), str(task)]
        loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        assert not {"django", "PIL", "captcha", "aws_encryption_sdk"} & set(loaded), module


def test_messages_left_the_bundle(task: Path, runtime: Path, aws: Aws, google: Google) -> None:
    """Those of the functions above that send one did: decrypted, to the right address."""
    for name in ("custom-email-sender", "custom-sms-sender", "post-confirmation"):
        test_a_handler_runs_from_the_bundle_alone(name, task, runtime, aws, google)
    (by_mail, welcome), (by_text,) = aws.emails, aws.texts
    assert all(email["Destination"]["ToAddresses"] == ["anna@example.com"] for email in aws.emails)
    assert by_mail["Content"]["Simple"]["Body"]["Text"]["Data"] == "Your code for our site is 123456."
    assert welcome["Content"]["Simple"]["Subject"]["Data"] == "Welcome to our site"
    assert (by_text["PhoneNumber"], by_text["Message"]) == ("+15555550100", "Your code for our site is 123456.")


def test_the_same_files_make_the_same_bytes(packages: Path, tmp_path: Path) -> None:
    """Of the packages one is enough here."""
    written = []
    for number in range(2):
        files = [file for file in bundle.contents(packages) if file[0].startswith(("flows/", "captcha/"))]
        for _, path in files:
            if packages in path.parents:
                os.utime(path, (number, number))  # installed at another time
        bundle.write(tmp_path / f"{number}.zip", iter(files[:: 1 - 2 * number]))  # and found in another order
        written.append((tmp_path / f"{number}.zip").read_bytes())
    assert len(written[0]) > 100_000
    assert written[0] == written[1]


def test_what_is_in_it(zipped: Path) -> None:
    with zipfile.ZipFile(zipped) as archive:
        names, members = archive.namelist(), archive.infolist()
    assert names == sorted(names)
    assert all(f"{path.rpartition('.')[0].replace('.', '/')}.py" in names for path in CATALOG.values())
    assert {name.partition("/")[0] for name in names}.isdisjoint({*BY_LAMBDA, "bin"})
    assert {name for name in names if name.startswith("flows/")} >= {"flows/__init__.py", "flows/triggers/catalog.py"}
    assert not [name for name in names if name.startswith("flows/") and not name.startswith("flows/triggers/")][1:]
    assert zipped.stat().st_size < 50 * 1024 * 1024, "Lambda takes no larger one directly"
    assert {member.external_attr >> 16 for member in members} == {0o100644}


def test_every_pin_is_the_one_that_the_tests_run_with() -> None:
    """And boto3 is not among them."""
    pins = re.compile(r"^([a-z0-9-]+==\S+)", re.MULTILINE)
    ours = set(pins.findall((bundle.ROOT / "requirements" / "triggers.txt").read_text(encoding="utf-8")))
    assert ours
    assert ours <= set(pins.findall((bundle.ROOT / "requirements" / "base.txt").read_text(encoding="utf-8")))
    assert not [pin for pin in ours if pin.startswith(("boto", "urllib3", "s3transfer", "six=", "jmespath"))]


def test_which_python_is_said_alike_everywhere() -> None:
    said = {
        name: set(re.findall(r"Python (3\.\d+) and newer", (bundle.ROOT / name).read_text(encoding="utf-8")))
        for name in ("docs/triggers.md", "flows/triggers/__init__.py")
    }
    assert set(map(frozenset, said.values())) == {frozenset({"3.11"})}, said


@pytest.mark.parametrize("path", sorted((bundle.ROOT / "flows" / "triggers").rglob("*.py")), ids=lambda path: path.name)
def test_no_file_needs_a_newer_python_than_ours(path: Path) -> None:
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 11))
