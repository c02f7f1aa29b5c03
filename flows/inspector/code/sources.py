"""Excerpts of this project's own source, found by name in the syntax tree: they are never out of date.

Files are read and not imported, so that the inspector can show rooms that it must not know.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flows.addresses import reverse_if_there

_ROOT = Path(__file__).resolve().parents[3]


class NotThere(LookupError):
    """No such name in that file: a table of places is out of date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """``path`` is relative to the project, ``line`` its first; ``name`` says what it is."""

    path: str
    line: int
    name: str
    text: str

    @property
    def url(self) -> str:
        """Its address in the docs; empty where they are no part of the site."""
        address = reverse_if_there("docs-source", path=self.path)
        return f"{address}#L{self.line}" if address else ""

    def __str__(self) -> str:
        return f"# {self.path}, line {self.line}\n{self.text}\n"


def definition(path: str, name: str) -> Excerpt:
    """The function or class ``name``, decorators included. Raises ``NotThere``."""
    for node in ast.walk(_parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            return _cut(path, first, node, name)
    raise NotThere(f"{path}: {name}")


def row(path: str, kind: str, **wanted: str) -> Excerpt:
    """The row of a table: ``kind(...)`` with this literal argument, as in ``row(path, "Step", slug="sms-mfa")``."""
    for node in _calls(path, kind):
        said = {each.arg: each.value.value for each in node.keywords if isinstance(each.value, ast.Constant)}
        if wanted.items() <= said.items():
            return _cut(path, node.lineno, node, f"{kind} {' '.join(wanted.values())}")
    raise NotThere(f"{path}: {kind} with {wanted}")


def named_in_row(path: str, kind: str, member: str, **wanted: str) -> str:
    """The name that such a row has for ``member``, without its module; empty where it has none."""
    for node in _calls(path, kind):
        said = {each.arg: each.value for each in node.keywords if each.arg}
        if all(isinstance(found := said.get(arg), ast.Constant) and found.value == wanted[arg] for arg in wanted):
            return ast.unparse(said[member]).rpartition(".")[2] if member in said else ""
    raise NotThere(f"{path}: {kind} with {wanted}")


def _calls(path: str, kind: str) -> Iterator[ast.Call]:
    for node in ast.walk(_parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == kind:
            yield node


def _cut(path: str, first: int, node: ast.stmt | ast.expr, name: str) -> Excerpt:
    """Whole lines, without the indentation that they share."""
    lines = _text(path).splitlines()[first - 1 : node.end_lineno]
    margin = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
    return Excerpt(path=path, line=first, name=name, text="\n".join(line[margin:] for line in lines))


@cache
def _parsed(path: str) -> ast.Module:
    return ast.parse(_text(path), path)


@cache
def _text(path: str) -> str:
    return (_ROOT / path).read_text(encoding="utf-8")
