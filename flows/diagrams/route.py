"""The way that a sign-in took through the graph of its flow: which arrows its challenges used, one after another."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from flows.diagrams.graph import Graph, Node
from flows.diagrams.places import FUNCTION, START, TOKENS, Place, among
from flows.terms import ChallengeName

# What a call can bring along with the one before it, so that nobody is asked: the password, or SRP_A, beside the name
# or the choice (API reference, InitiateAuth and RespondToAuthChallenge). And a function is no challenge.
_UNSEEN = frozenset({Place(ChallengeName.PASSWORD), Place(ChallengeName.PASSWORD_SRP), FUNCTION})


@dataclass(frozen=True, slots=True)
class Route:
    """``arrows`` that were used; ``met`` are the places on the way; ``here`` is where one stands, if anywhere."""

    arrows: frozenset[tuple[str, str]] = frozenset()
    met: frozenset[Place] = frozenset()
    here: Place | None = None


def of(graph: Graph, path: Sequence[str], lit: str) -> Route:
    """``path`` are the challenges met, the first one first; ``lit`` is the present one. What does not fit is left
    out: another pool may ask what this graph does not know."""
    names = tuple(path) if not lit or path[-1:] == (lit,) or (path and path[-1] == lit) else (*path, lit)
    known = {place for node in graph.nodes for place in node.places}
    places = list(among(known, names))
    here = next((place for place in reversed(places) if lit and place.name == lit), None)
    arrows: set[tuple[str, str]] = set()
    met: set[Place] = set()
    for one, other in pairwise([START, *places] if places else []):
        way = _way(graph, one, other)
        arrows.update(pairwise(way))
        met.update(_passed(graph, way, one, other))
    return Route(frozenset(arrows), frozenset(met), here)


def _way(graph: Graph, one: Place, other: Place) -> list[str]:
    """The keys from one place to another by way of nothing that would have been met; none when there is no such way,
    or when it is the same challenge asked again."""
    start, end = graph.node_of(one), graph.node_of(other)
    if start is None or end is None:
        return []
    nodes = {node.key: node for node in graph.nodes}
    waiting: deque[list[str]] = deque([[start.key]])
    seen = set()
    while waiting:
        way = waiting.popleft()
        for key in graph.after(way[-1]):
            if key == end.key:
                return [*way, key]
            if key not in seen and _is_unseen(nodes[key]):
                seen.add(key)
                waiting.append([*way, key])
    return []


def _is_unseen(node: Node) -> bool:
    return node.kind == "junction" or bool(_UNSEEN.intersection(node.places))


def _passed(graph: Graph, way: Sequence[str], one: Place, other: Place) -> set[Place]:
    inside = {place for node in graph.nodes if node.key in way[1:-1] for place in node.places if place in _UNSEEN}
    return {one, other, *inside} - ({TOKENS} if not way else set())
