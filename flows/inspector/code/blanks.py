"""Blanks: what stands in code for a value that is masked, so that a person or a program can fill it in.

The grammar is ``<label>``, always a whole string of the code, in its quotes. A label is the mask's name, with the
mask's fingerprint where it has one; a name that stands for several values of a tree is counted (``<ANSWER 2>``). No
value of a run can be taken for a blank, because every other ``<`` of it is written as ``\\u003c``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flows.inspector.masking.masks import MASKED, is_mask

_UNFIT = re.compile(r"[^\w .:/-]+")


@dataclass(frozen=True, slots=True)
class Blank:
    """``kept`` says that it has a fingerprint: a machine made the value, nobody typed it."""

    label: str
    kept: bool = False

    def __str__(self) -> str:
        return f"<{self.label}>"


def blanked(tree: Any) -> Any:
    """``tree`` with a ``Blank`` in place of every mask. Equal labels are equal values."""
    return _blanked(tree, {})


def labels(tree: Any) -> tuple[str, ...]:
    """The labels of a tree's blanks, each once, in their order."""
    return tuple(dict.fromkeys(_labels(tree)))


def _blanked(tree: Any, counts: dict[str, int]) -> Any:
    if is_mask(tree):
        return _blank(tree, counts)
    if isinstance(tree, Mapping):
        return {name: _blanked(value, counts) for name, value in tree.items()}
    if isinstance(tree, list | tuple):
        return [_blanked(value, counts) for value in tree]
    return tree


def _blank(mask: Mapping[str, str], counts: dict[str, int]) -> Blank:
    name, fingerprint = _UNFIT.sub(" ", str(mask[MASKED])).strip() or "value", mask.get("fingerprint", "")
    if fingerprint:
        return Blank(f"{name} {fingerprint}", kept=True)
    counts[name] = counts.get(name, 0) + 1
    return Blank(name if counts[name] == 1 else f"{name} {counts[name]}")


def _labels(tree: Any) -> list[str]:
    if isinstance(tree, Blank):
        return [tree.label]
    values = tree.values() if isinstance(tree, Mapping) else tree if isinstance(tree, list | tuple) else ()
    return [label for value in values for label in _labels(value)]
