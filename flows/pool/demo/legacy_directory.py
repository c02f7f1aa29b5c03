"""The directory that the demo's UserMigration function looks into: what ``dumpdata auth.user`` writes of a Django site.

The file is written once the demo is stored: of two processes that make one, only the first writes it.
"""

import json
import os
import secrets
import tempfile
from functools import partial
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from flows.pool.demo import cast


def enter(role: cast.Role) -> list[dict[str, str]]:
    """Put ``role`` there, and nobody else; for the list of players. Inside the transaction that makes the demo.

    Nobody is entered where the functions look into another directory (``LAMBDA_ENVIRONMENT``): that is somebody's own.
    """
    if settings.DEMO_DIRECTORY is None:
        return []
    password = cast.make_password(secrets.randbelow)
    first_name, _, last_name = role.name.partition(" ")
    fields = {
        "username": role.username,
        "password": make_password(password),
        "email": f"{role.username}@example.com",
        "first_name": first_name,
        "last_name": last_name,
        "is_active": True,
    }
    content = json.dumps([{"model": "auth.user", "fields": fields}], indent=1)
    transaction.on_commit(partial(_write, settings.DEMO_DIRECTORY, content))
    return [{"username": role.username, "password": password, "about": role.about}]


def _write(path: Path, content: str) -> None:
    """Whole or not at all, and for its owner alone: hashes can be guessed at leisure."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)  # a name of its own, and mode 0600
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(content)
    Path(draft).replace(path)
