"""Migrations run both ways, on a database of their own."""

from pathlib import Path

from tests.commands import manage


def test_there_and_back(tmp_path: Path) -> None:
    manage(tmp_path, "migrate", "--no-input")
    manage(tmp_path, "demo")
    assert "[X]" not in manage(tmp_path, "migrate", "pool", "zero") + manage(tmp_path, "showmigrations", "pool")
    manage(tmp_path, "migrate", "--no-input")
    assert "alice" in manage(tmp_path, "demo")
