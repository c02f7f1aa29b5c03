"""Mermaid's ``stateDiagram-v2``: written, and read back as far as we write it."""

import re
from collections.abc import Iterable, Iterator

from flows.diagrams.graph import Graph, Kind, Node
from flows.diagrams.places import FUNCTION, START, TOKENS, Place

KEYWORD = "stateDiagram-v2"
MOST = 60  # boxes
_END = "[*]"
_STATE = re.compile(r'state "(?P<text>[^"]*)" as (?P<key>\w+)')
_JUNCTION = re.compile(r"state (?P<key>\w+) <<choice>>")
_ARROW = re.compile(r"(?P<start>\w+|\[\*\]) --> (?P<end>\w+|\[\*\])")
_IGNORED = re.compile(r"direction (LR|TB|TD|RL|BT)|%%.*|")


def write(graph: Graph) -> str:
    """The graph, ready for a ``mermaid`` fence or a ``.mmd`` file."""
    names = {node.key: _END for node in graph.nodes if node.kind in ("start", "end")}
    lines = [state(node.places, node.key) for node in graph.nodes if node.places and node.key not in names]
    lines += [f"state {node.key} <<choice>>" for node in graph.nodes if node.kind == "junction"]
    lines += [f"{names.get(start, start)} --> {names.get(end, end)}" for start, end in graph.arrows]
    return diagram(lines)


def state(places: Iterable[Place], key: str) -> str:
    """The line for a box."""
    return f'state "{"<br/>".join(map(str, places))}" as {key}'


def diagram(lines: Iterable[str]) -> str:
    return "\n".join([KEYWORD, *(f"    {line}" for line in ("direction LR", *lines))])


def parse(text: str) -> Graph:
    """The graph that ``text`` describes. Raises ValueError for a line that we would not have written."""
    head, *lines = text.strip().splitlines() or [""]
    if head.strip() != KEYWORD:
        raise ValueError(f"not a {KEYWORD}")
    nodes: dict[str, Node] = {}
    arrows = []
    for line in map(str.strip, lines):
        if found := _ARROW.fullmatch(line):
            start = "start" if found["start"] == _END else found["start"]
            arrows.append((start, "end" if found["end"] == _END else found["end"]))
        elif node := _node(line):
            nodes[node.key] = node
        elif not _IGNORED.fullmatch(line):
            raise ValueError(f"cannot read: {line}")
    for key in (key for arrow in arrows for key in arrow):
        nodes.setdefault(key, _ENDS.get(key) or Node(key, "box", (Place(key),)))
    if not nodes or len(nodes) > MOST or len(arrows) > 4 * MOST:
        raise ValueError("nothing to draw, or more than anybody could read")
    return Graph(tuple(nodes.values()), tuple(dict.fromkeys(arrows)))


_ENDS = {"start": Node("start", "start", (START,)), "end": Node("end", "end", (TOKENS,))}


def _node(line: str) -> Node | None:
    if found := _JUNCTION.fullmatch(line):
        return Node(found["key"], "junction")
    if found := _STATE.fullmatch(line):
        places = tuple(Place.read(each.strip()) for each in re.split(r"<br ?/?>", found["text"]))
        kind: Kind = "function" if places == (FUNCTION,) else "box"
        return Node(found["key"], kind, places)
    return None


def components(graph: Graph) -> Iterator[Graph]:
    """Its parts that have nothing in common but start and end, each with a start and an end of its own."""
    left = {node.key for node in graph.nodes} - set(_ENDS)
    if not left:
        yield graph
    while left:
        part = {min(left, key=[node.key for node in graph.nodes].index)}
        while more := {b for pair in graph.arrows for a, b in (pair, pair[::-1]) if a in part and b in left - part}:
            part |= more
        left -= part
        arrows = tuple(pair for pair in graph.arrows if part & set(pair))
        used = part.union(*arrows)
        yield Graph(tuple(node for node in graph.nodes if node.key in used), arrows)
