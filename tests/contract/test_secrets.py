"""How the code handles secrets, read from its syntax trees."""

import ast
from pathlib import Path

import pytest

FLOWS = Path(__file__).parent.parent.parent / "flows"
FILES = sorted(path for path in FLOWS.rglob("*.py") if "migrations" not in path.parts)
# Names of values whose comparison by == would tell, by its time, how much of them was right.
SECRET = {"signature", "secret", "secret_hash", "digest", "proof", "token_hash", "mac", "expected", "hmac"}


def names_in(node: ast.expr) -> set[str]:
    """The last names of an expression: ``given.signature`` is ``signature``."""
    if isinstance(node, ast.Name):
        return {node.id}
    return {node.attr} if isinstance(node, ast.Attribute) else set()


def comparisons(source: str) -> list[tuple[int, set[str]]]:
    """Line and names of every == and != between two values that are not literals."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq):
            sides = [node.left, *node.comparators]
            if not any(isinstance(side, ast.Constant) for side in sides):
                found.append((node.lineno, set().union(*map(names_in, sides))))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FLOWS)))
def test_t014_secrets_are_compared_in_constant_time(path: Path) -> None:
    assert [line for line, names in comparisons(path.read_text()) if names & SECRET] == []


def test_t014_the_scan_sees_a_careless_comparison() -> None:
    assert comparisons("if given.signature == expected: pass") == [(1, {"signature", "expected"})]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FLOWS)))
def test_t014_compare_digest_gets_bytes(path: Path) -> None:
    """Given text, it raises TypeError for anything that is not ASCII. So a text literal or str() must not go in."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("compare_digest"):
            for argument in node.args:
                assert not (isinstance(argument, ast.Constant) and isinstance(argument.value, str))
                assert not ast.unparse(argument).startswith("str(")
