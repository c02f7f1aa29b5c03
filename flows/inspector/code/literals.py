"""Values as literals of Python, JavaScript and JSON, which agree on strings: JSON's escapes mean the same in all.

A string cannot leave its quotes, and nothing in it can pass for something else to a reader: no blank (every ``<`` is
escaped), no invisible character, none that turns the direction of writing (CVE-2021-42574).
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flows.inspector.code.blanks import Blank

_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*", re.ASCII)
_ON_A_LINE, _SHORT = 2, 60  # members, characters
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Syntax:
    """How a language writes what is no string. ``comma`` ends a list's last line; ``bare`` keys need no quotes."""

    true: str
    false: str
    none: str
    indent: int
    comma: str = ""
    bare: bool = False


PYTHON = Syntax(true="True", false="False", none="None", indent=4, comma=",")
JAVASCRIPT = Syntax(true="true", false="false", none="null", indent=2, comma=",", bare=True)
JSON = Syntax(true="true", false="false", none="null", indent=2)


def literal(tree: Any, syntax: Syntax, *, level: int = 0) -> str:
    """``tree`` (JSON with blanks) as an expression whose further lines are indented for ``level``."""
    if isinstance(tree, Mapping):
        return _lines(
            [f"{_key(name, syntax)}: {literal(value, syntax, level=level + 1)}" for name, value in tree.items()],
            "{}",
            syntax,
            level,
        )
    if isinstance(tree, list | tuple):
        return _lines([literal(value, syntax, level=level + 1) for value in tree], "[]", syntax, level)
    if isinstance(tree, bool) or tree is None:
        return {True: syntax.true, False: syntax.false, None: syntax.none}[tree]
    if isinstance(tree, Blank):
        return f'"{tree}"'
    if isinstance(tree, int | float):
        return json.dumps(tree)
    return text(str(tree))


def text(value: str) -> str:
    """A string in double quotes, as all three languages read it."""
    return "".join(_visible(character) for character in json.dumps(value, ensure_ascii=False))


def _visible(character: str) -> str:
    code = ord(character)
    hidden = code <= 0xFFFF and unicodedata.category(character) in _UNSEEN
    return f"\\u{code:04x}" if character == "<" or hidden else character


def _key(name: str, syntax: Syntax) -> str:
    return name if syntax.bare and _IDENTIFIER.fullmatch(name) else text(name)


def _lines(members: list[str], brackets: str, syntax: Syntax, level: int) -> str:
    if not members:
        return brackets
    line = ", ".join(members)
    if len(members) <= _ON_A_LINE and len(line) <= _SHORT and "\n" not in line:
        space = " " if syntax.bare and brackets == "{}" else ""
        return f"{brackets[0]}{space}{line}{space}{brackets[1]}"
    inner, outer = " " * syntax.indent * (level + 1), " " * syntax.indent * level
    body = f",\n{inner}".join(members)
    return f"{brackets[0]}\n{inner}{body}{syntax.comma}\n{outer}{brackets[1]}"
