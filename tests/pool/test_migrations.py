"""Migrations run both ways, on a database of their own."""

import os
import subprocess
import sys
from pathlib import Path

from tests import environment, postgres


def manage(folder: Path, *arguments: str) -> str:
    variables = environment.bare() | {"DEMO": "1", "DATA_DIR": str(folder)}
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith("postgres"):
        stored = folder / "url"
        if not stored.exists():
            stored.write_text(postgres.fresh_database(url))
        variables["DATABASE_URL"] = stored.read_text()
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        check=False,
        cwd=environment.ROOT,
        env=variables,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_there_and_back(tmp_path: Path) -> None:
    manage(tmp_path, "migrate", "--no-input")
    manage(tmp_path, "demo")
    assert "[X]" not in manage(tmp_path, "migrate", "pool", "zero") + manage(tmp_path, "showmigrations", "pool")
    manage(tmp_path, "migrate", "--no-input")
    assert "alice" in manage(tmp_path, "demo")
