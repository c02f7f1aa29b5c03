"""Who may import whom (section 3 of the design), held over the syntax trees, imports inside functions included."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = {"terms", "fields", "htmx", "safe_next", "addresses", "demo"}

# room -> rooms of ours that it may import, besides itself
MAY_IMPORT = {
    "terms": set(),
    "fields": set(),
    "htmx": set(),
    "safe_next": set(),
    "addresses": set(),
    "demo": set(),
    "highlighting": set(),
    "triggers": set(),
    "cognito": {"terms"},
    "steps": {"terms", "fields", "cognito"},
    "signin": {"steps", "cognito", *SHARED},
    "account": {"signin", "cognito", "steps.totp", *SHARED},
    "diagrams": {"terms", "steps"},
    "inspector": {"steps", "cognito.exchange", "diagrams", "terms", "htmx", "safe_next", "addresses", "demo"},
    "gallery": {"steps", "diagrams", *SHARED},
    "playground": {"cognito", *SHARED},
    "reader": {"diagrams", "highlighting", "htmx"},
    "gate": {"signin.backend", "htmx"},
    "pool": {"terms"},
    "templatetags": {"addresses", "highlighting"},  # where Django looks for them; they are about looks only
}
# room -> packages of others that it may not import
NEVER = {
    "terms": {"django", "boto3", "botocore"},
    "triggers": {"django", "django_recaptcha", "boto3", "botocore", "PIL", "captcha", "aws_encryption_sdk"},
    "cognito": {"django.http", "django.shortcuts", "django.db"},
    "signin": {"boto3", "botocore"},
    "account": {"boto3", "botocore"},
}
# what single files of theirs are for
BUT = {
    "triggers/django_settings.py": {"django.conf"},
    "triggers/kinds/captcha.py": {"captcha"},
    "triggers/kinds/recaptcha.py": {"django_recaptcha"},
    "triggers/messages.py": {"boto3", "botocore"},
    "triggers/password_hashes.py": {"django.contrib.auth.hashers"},
    "triggers/sender_codes.py": {"aws_encryption_sdk"},
}
FREE = {"apps", "management", "__init__"}  # Django's own places


def room_of(path: Path) -> str:
    return path.relative_to(ROOT / "flows").parts[0].removesuffix(".py")


def imports_of(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in the file; ``from a import b`` counts as both a and a.b."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(imported: str, packages: Iterable[str]) -> bool:
    return any(imported == package or imported.startswith(f"{package}.") for package in packages)


def faults(room: str, imported: str, file: str = "") -> Iterator[str]:
    if within(imported, NEVER.get(room, ())) and not within(imported, BUT.get(file, ())):
        yield f"imports {imported}"
    if imported == "authsite" or imported.startswith("authsite."):
        yield "imports the project package"
    if imported.startswith("flows."):
        inner = imported.removeprefix("flows.")
        allowed = MAY_IMPORT[room] | {room}
        if not any(inner == name or inner.startswith(f"{name}.") for name in allowed):
            yield f"imports {imported}"


FILES = sorted(path for path in (ROOT / "flows").rglob("*.py") if room_of(path) not in FREE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_imports_what_its_room_may(path: Path) -> None:
    room = room_of(path)
    assert room in MAY_IMPORT, f"{room} is no room of the design"
    file = path.relative_to(ROOT / "flows").as_posix()
    assert not [fault for imported in imports_of(path) for fault in faults(room, imported, file)]


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("cognito", "from flows.pool import wire"),
        ("cognito", "def f():\n    import flows.pool.wire"),
        ("cognito", "from django.http import HttpRequest"),
        ("pool", "from flows.cognito.tokens import verify"),
        ("pool", "from authsite import settings"),
        ("signin", "import boto3"),
        ("gate", "from flows.signin import views"),
        ("inspector", "from flows.cognito import auth"),
        ("terms", "from django.db import models"),
        ("triggers", "from django.contrib.auth import models"),
        ("triggers", "from flows import terms"),
    ],
)
def test_the_table_can_say_no(room: str, source: str, tmp_path: Path) -> None:
    file = tmp_path / "example.py"
    file.write_text(source, encoding="utf-8")
    assert [fault for imported in imports_of(file) for fault in faults(room, imported)]


def test_there_is_no_drawer_for_everything() -> None:
    """A file is named after its reason to change."""
    assert not [path for path in FILES if path.stem in {"utils", "services", "helpers", "common", "misc"}]


def test_only_habits_stand_beside_the_code() -> None:
    """No code package at the top level but the owner's own."""
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages == {"authsite", "flows"}
