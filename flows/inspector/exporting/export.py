"""A run as a file: what is stored of it, and nothing else. It was redacted before it was stored."""

from collections.abc import Sequence
from typing import Any, Final

from django.utils.text import slugify

from flows.inspector.entries import Call
from flows.inspector.models import Run
from flows.inspector.telling import endings

FORMAT: Final = "cognito-inspector-run"
VERSION: Final = 1  # another one as soon as a reader of this one would misread it


def document(run: Run, calls: Sequence[Call]) -> dict[str, Any]:
    """The run as JSON: ``format``, ``version``, ``run``, and ``entries``, which are ``Call.to_json`` with a number."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "run": {
            "id": run.pk,
            "flow": run.flow,
            "username": run.username,
            "name": run.name,
            "kept": run.kept,
            "began_at": run.began_at.isoformat(timespec="milliseconds"),
            "ended": str(endings.of(calls)),
        },
        "entries": [{"number": at, **call.to_json()} for at, call in enumerate(calls, start=1)],
    }


def file_name(run: Run, extension: str) -> str:
    """Such as ``user-srp-auth-frank-20261121-201500.json``: ASCII, and no character that means anything to a shell, a
    header or a file system."""
    words = [slugify(text.replace("_", "-"))[:40].strip("-") for text in (run.flow, run.username)]
    return "-".join([*filter(None, words), f"{run.began_at:%Y%m%d-%H%M%S}"]) + f".{extension}"
