"""The older directory of the demo: written where the demo keeps its own, for its owner alone."""

import json
import stat
from pathlib import Path

import pytest
from pytest_django import Settings

from flows.pool.demo import cast, legacy_directory
from tests.race import race

pytestmark = pytest.mark.django_db(transaction=True)  # the file is written once the demo is stored


@pytest.fixture
def directory(settings: Settings, tmp_path: Path) -> Path:
    path = tmp_path / "not there yet" / "users.json"
    settings.DEMO_DIRECTORY = path
    return path


def test_whoever_is_entered_stands_there_for_its_owner_alone(directory: Path) -> None:
    (player,) = legacy_directory.enter(cast.LEGACY)
    (record,) = json.loads(directory.read_text(encoding="utf-8"))
    assert record["fields"]["username"] == player["username"] == "ivan"
    assert player["password"] not in directory.read_text(encoding="utf-8")
    assert stat.S_IMODE(directory.stat().st_mode) == 0o600


def test_without_a_directory_of_the_demos_own_nobody_is_entered(settings: Settings) -> None:
    settings.DEMO_DIRECTORY = None
    assert legacy_directory.enter(cast.LEGACY) == []


def test_two_resets_at_once_leave_one_whole_file(directory: Path) -> None:
    """And twenty more."""
    entered = race(22, lambda: legacy_directory.enter(cast.LEGACY))
    assert all(entered)
    assert len(json.loads(directory.read_text(encoding="utf-8"))) == 1
    assert list(directory.parent.iterdir()) == [directory]
