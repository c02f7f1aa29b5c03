"""``manage.py`` in a process of its own, on a database of its own."""

import os
import subprocess
import sys
from pathlib import Path

from tests import environment, postgres


def manage(folder: Path, *arguments: str) -> str:
    """What it writes. The database is SQLite in ``folder``, or a fresh one where the tests are on PostgreSQL."""
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
