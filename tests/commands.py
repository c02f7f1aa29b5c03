"""``manage.py`` in a process of its own, on a database of its own."""

import os
import subprocess
import sys
from pathlib import Path

from tests import environment, postgres


def of_its_own(folder: Path) -> dict[str, str]:
    """The environment of a demo with its data in ``folder``: the database is SQLite there, or a fresh one where the
    tests are on PostgreSQL, the same one each time."""
    variables = environment.bare() | {"DEMO": "1", "DATA_DIR": str(folder)}
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith("postgres"):
        stored = folder / "url"
        if not stored.exists():
            stored.write_text(postgres.fresh_database(url))
        variables["DATABASE_URL"] = stored.read_text()
    return variables


def manage(folder: Path, *arguments: str) -> str:
    """What it writes."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        check=False,
        cwd=environment.ROOT,
        env=of_its_own(folder),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
