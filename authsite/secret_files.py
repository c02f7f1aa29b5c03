"""Secrets: from the environment, from a file that it names, or made once on a laptop.

Production passes a secret as ``NAME`` or, as containers do, as ``NAME_FILE``. Only in demo or debug may one be
missing: it is then made and kept in ``DATA_DIR/secrets/`` with mode 0600, so that nothing secret is ever shipped.
"""

import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def read(name: str, *, folder: Path | None, make: Callable[[], str] = lambda: secrets.token_urlsafe(48)) -> str:
    """The secret called ``name``; ``folder=None`` forbids making one."""
    if value := os.environ.get(name, ""):
        return value
    if path := os.environ.get(f"{name}_FILE", ""):
        return Path(path).read_text(encoding="utf-8").strip()
    if folder is None:
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE (only DEMO=1 or DEBUG=1 makes one by itself).")
    return _kept(folder / name.lower(), make)


def given(name: str) -> str:
    """The same for a secret that nobody needs to have: "" when there is none."""
    return read(name, folder=None) if os.environ.get(name) or os.environ.get(f"{name}_FILE") else ""


def _kept(path: Path, make: Callable[[], str]) -> str:
    """Read ``path``, or write it whole first: two workers that start at once must agree on one value."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent)  # mkstemp gives mode 0600
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(make() + "\n")
        try:
            os.link(draft, path)  # atomic, and fails if the other worker was first
        except FileExistsError:
            pass
        finally:
            Path(draft).unlink()
    return path.read_text(encoding="utf-8").strip()
