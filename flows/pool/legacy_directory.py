"""The directory that the demo's UserMigration function looks into: what ``dumpdata auth.user`` writes of a Django site.

The file is written once the demo is stored: of two processes that make one, only the first writes it.
"""

import json
import secrets
from functools import partial
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from flows.pool import cast

_VARIABLE = "LEGACY_USERS_FILE"  # of the function's environment


def enter(role: cast.Role) -> dict[str, str]:
    """Put ``role`` there, and nobody else. Inside the transaction that makes the demo."""
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
    transaction.on_commit(partial(_write, Path(settings.LAMBDA_ENVIRONMENT[_VARIABLE]), content))
    return {"username": role.username, "password": password, "about": role.about}


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_text(content, encoding="utf-8")
    draft.replace(path)
