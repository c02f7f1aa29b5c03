"""Static files are collected when they have changed, and only then."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from authsite.static_files import collect


@pytest.fixture
def sources(tmp_path: Path, settings: Settings) -> Path:
    """A folder with one static file, to be collected into ``tmp_path / "static"``."""
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "site.css").write_text("a { color: red }")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [folder]
    settings.STATIC_ROOT = tmp_path / "static"
    return folder


def collected(sources: Path) -> set[str]:
    return {path.name for path in (sources.parent / "static").iterdir()}


def test_what_is_unchanged_is_left_alone(sources: Path) -> None:
    collect()
    manifest = sources.parent / "static" / "staticfiles.json"
    before = manifest.stat().st_mtime_ns
    collect()
    assert manifest.stat().st_mtime_ns == before


@pytest.mark.parametrize("name", ["site.css", "another.css"])
def test_a_changed_or_new_file_is_collected(sources: Path, name: str) -> None:
    collect()
    before = collected(sources)
    (sources / name).write_text("a { color: blue }")
    collect()
    assert collected(sources) - before


def test_what_was_thrown_away_is_collected_again(sources: Path) -> None:
    collect()
    (sources.parent / "static" / "staticfiles.json").unlink()
    collect()
    assert "staticfiles.json" in collected(sources)
