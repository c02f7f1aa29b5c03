"""docs/triggers.md against the code."""

import ast
import re

from deploy.aws.bundle import ROOT
from flows.triggers.catalog import CATALOG
from flows.triggers.kinds import KINDS

PAGE = (ROOT / "docs" / "triggers.md").read_text(encoding="utf-8")


def first_cells(section: str) -> set[str]:
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[1])}


def variables() -> set[str]:
    """Every name that is read by ``environment.*``, and those of the kinds' rows."""
    found = {name for row in KINDS.values() for name in row.needs}
    for path in (ROOT / "flows" / "triggers").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                name = node.args[0]
                of_environment = isinstance(node.func.value, ast.Name) and node.func.value.id == "environment"
                if of_environment and isinstance(name, ast.Constant):
                    found.add(str(name.value))
    return found


def test_every_variable_is_documented_and_no_other() -> None:
    assert "CHALLENGES" in variables()  # the reader of the code works
    assert first_cells(PAGE.partition("## Settings")[2].partition("## ")[0]) == variables()


def test_every_variable_is_named_by_the_file_that_reads_it() -> None:
    """A file is copied alone: its docstring says what it reads, where it is not everybody's."""
    for path in (ROOT / "flows" / "triggers").glob("*.py"):
        module = f"flows.triggers.{path.stem}.handler"
        if module in CATALOG.values():
            described = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
            assert "Environment:" in described, path.name
            assert "developer guide" in described, path.name


def test_every_function_and_kind_is_documented() -> None:
    assert set(CATALOG) <= first_cells(PAGE.partition("## A custom sign-in")[0])
    kinds = first_cells(PAGE.partition("### What a client sees")[2].partition("## ")[0])
    assert kinds == set(KINDS)
    for row in KINDS.values():
        assert f"`{row.metadata}" in PAGE
