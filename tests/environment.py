"""The environment that the tests run in. Imported first: the settings read ``os.environ`` when they are loaded.

Nothing of the developer's own environment reaches the settings, and everything that is written goes to a folder that
is removed again. ``DATABASE_URL`` and ``CACHE_URL`` may be given, to run the same tests on PostgreSQL and Redis.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
DATA_DIR = Path(tempfile.mkdtemp(prefix="authsite-tests-"))

# What a process needs of its surroundings to run at all, and what the tests may be told from outside.
_KEPT = {"CI", "DATABASE_URL", "CACHE_URL", "HOME", "LANG", "LC_ALL", "PATH", "SSL_CERT_FILE", "TERM", "TMPDIR", "TZ"}
_KEPT_PREFIXES = ("COVERAGE", "HYPOTHESIS", "NODE_", "PLAYWRIGHT_", "PYTEST", "PYTHON", "PY_", "TEST_", "npm_", "XDG_")


def bare() -> dict[str, str]:
    """The developer's environment, reduced to what cannot change the outcome of a test."""
    return {name: value for name, value in os.environ.items() if name in _KEPT or name.startswith(_KEPT_PREFIXES)}


def _prepare() -> None:
    kept = bare()
    os.environ.clear()
    os.environ.update(kept)
    os.environ["DJANGO_SETTINGS_MODULE"] = "authsite.settings"
    os.environ["DEMO"] = "1"
    os.environ["DATA_DIR"] = str(DATA_DIR)
    atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
    django.setup()
    # Workers of pytest-xdist inherit the environment. With this they would load the settings before this module has
    # given them a folder of their own.
    del os.environ["DJANGO_SETTINGS_MODULE"]


_prepare()
