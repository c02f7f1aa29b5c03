"""Whoever does not inspect pays nothing for it: the same statements, whether the demonstration is there or not."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import environment
from tests.commands import of_its_own

ROOMS = ["flows.inspector", "flows.gallery", "flows.reader", "flows.playground", "flows.diagrams"]
Statements = dict[str, list[str]]


def statements(folder: Path, *options: str, **variables: str) -> Statements:
    """By flow, those of a sign-in through the pages of a site with its data in ``folder``."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.queries", *options],
        cwd=environment.ROOT,
        env=of_its_own(folder) | variables,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: Statements = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("off")


@pytest.fixture(scope="module")
def without(folder: Path) -> Statements:
    """With the demonstration off, and none of its code to be found."""
    found = statements(folder, "--without", *ROOMS, DEMONSTRATION="0")
    assert all(len(asked) > 10 for asked in found.values())
    return found


def test_off_is_as_if_there_were_none(folder: Path, without: Statements) -> None:
    assert statements(folder, DEMONSTRATION="0") == without


def test_a_browser_that_does_not_inspect_asks_nothing_more(folder: Path, without: Statements) -> None:
    assert statements(folder, DEMONSTRATION="1") == without


def test_one_that_inspects_does(folder: Path, without: Statements) -> None:
    """Or the tests above could not fail."""
    found = statements(folder, "--inspect", DEMONSTRATION="1")
    assert all(len(found[flow]) > len(without[flow]) for flow in without)
    assert all("inspector" in " ".join(found[flow]) for flow in without)
