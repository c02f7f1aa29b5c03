"""The documentation against the code: a page that lies is a failing test."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md"))])
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
# Read by gunicorn and by manage.py serve, not by the settings.
SERVER = {"HOST", "WEB_CONCURRENCY", "WEB_THREADS", "ACCESS_LOG", "GUNICORN_LOG_LEVEL"}


def calls_in(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]


def variables_in_the_settings() -> set[str]:
    """Every name that settings.py reads from the environment."""
    found = set()
    for call in calls_in(ROOT / "authsite" / "settings.py"):
        function = call.func
        if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
            continue
        if function.value.id in {"env", "secret_files"} and call.args and isinstance(call.args[0], ast.Constant):
            found.add(str(call.args[0].value).removesuffix("_FILE"))
    return found


def first_cells(page: Path) -> set[str]:
    """Every `name` in the first column of a page's tables."""
    rows = [line for line in page.read_text().splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[1])}


def test_every_setting_is_documented() -> None:
    variables = variables_in_the_settings()
    assert "COGNITO_USER_POOL_ID" in variables  # the reader of the settings works
    assert variables | SERVER == first_cells(DOCS / "settings.md")


def test_every_check_is_documented() -> None:
    checks = set(re.findall(r"authsite\.[EW]\d+", (ROOT / "authsite" / "checks.py").read_text())) - {"authsite.E"}
    assert checks == set(re.findall(r"^\| (authsite\.[EW]\d+)", (DOCS / "settings.md").read_text(), re.MULTILINE))


def anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text()):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, fragment = target.partition("#")
        goal = (page.parent / name).resolve() if name else page
        assert goal.exists(), f"{page.name} links to {target}"
        if fragment and goal.suffix == ".md":
            assert fragment in {anchor(heading) for heading in HEADING.findall(goal.read_text())}, target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_that_are_named_exist(page: Path) -> None:
    """`flows/...`, `tests/...` and so on in backquotes."""
    for name in re.findall(
        r"`((?:authsite|flows|static|templates|tests|deploy|docs)/[\w./-]+?)(?::\w+)?`", page.read_text()
    ):
        assert (ROOT / name).exists(), f"{page.name} names {name}"


def rows_with_a_test() -> set[str]:
    """The rows of the catalogue that a Python test is named after, or that a JavaScript test names."""
    found = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        found |= set(re.findall(r"def test_t(\d{3})_", path.read_text()))
    for path in (ROOT / "tests" / "vectors").glob("*.mjs"):
        found |= set(re.findall(r"test\([\"'`].*?\bT(\d{3})\b", path.read_text()))
    return {f"T{number}" for number in found}


def test_every_promise_of_the_threat_model_has_a_test() -> None:
    promised = set(re.findall(r"\bT\d{3}\b", (DOCS / "threat-model.md").read_text()))
    assert promised
    assert promised - rows_with_a_test() == set()
