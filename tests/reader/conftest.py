"""Fixtures of the reader's tests."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.portal_fixtures import portal

__all__ = ["portal"]


@pytest.fixture
def shelf(tmp_path: Path, settings: Settings) -> Path:
    """An empty docs/ of the test's own, in a repository of its own."""
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    return tmp_path / "docs"
