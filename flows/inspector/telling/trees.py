"""Requests, answers and events as pages show them: a tree of names, with a text or a mask at each end."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from flows.inspector.entries import Tree
from flows.inspector.masking.masks import MASKED, is_mask


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """``kind`` is ``text``, ``literal`` (a number, true, false, null, nothing in brackets), ``masked`` or ``group``.

    Of a mask, ``text`` is its fingerprint, if it has one, and ``what`` what it hides; a token's children are its
    claims.
    """

    name: str
    kind: str
    text: str = ""
    what: str = ""
    children: tuple["Node", ...] = ()


def nodes(tree: Tree) -> tuple[Node, ...]:
    """The members of ``tree``, which is an object."""
    return tuple(_members(tree)) if isinstance(tree, dict) else ()


def _members(tree: Tree) -> Iterator[Node]:
    pairs = tree.items() if isinstance(tree, dict) else ((str(at), each) for at, each in enumerate(tree))
    for name, value in pairs:
        yield _node(str(name), value)


def _node(name: str, value: Tree) -> Node:
    if is_mask(value):
        claims = tuple(_members(value.get("claims") or {}))
        return Node(name=name, kind="masked", text=value.get("fingerprint", ""), what=value[MASKED], children=claims)
    if isinstance(value, dict | list) and value:
        return Node(name=name, kind="group", children=tuple(_members(value)))
    if isinstance(value, str):
        return Node(name=name, kind="text", text=value)
    return Node(name=name, kind="literal", text=json.dumps(value))
