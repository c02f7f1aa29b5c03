"""The way that a sign-in took through the graph of its flow: which arrows its challenges used, one after another."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from flows.diagrams.graph import Graph, Node
from flows.diagrams.places import FUNCTION, START, Place, among
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
    """``path`` are the challenges met, the first one first; ``lit`` is the present one. Without a path there is none to
    draw. What does not fit is left out: another pool may ask what this graph does not know."""
    known = {place for node in graph.nodes for place in node.places}
    names = tuple(path) if not lit or tuple(path[-1:]) == (lit,) else (*path, lit)
    places = list(among(known, names))
    here = next((place for place in reversed(places) if place.name == lit), None)
    if not path:
        return Route(here=here)
    nodes = {node.key: node for node in graph.nodes}
    key_of = {place: node.key for node in graph.nodes for place in node.places}
    arrows: set[tuple[str, str]] = set()
    met = set(places)
    for one, other in pairwise([START, *places]):
        way = _way(graph, nodes, key_of[one], key_of[other])
        arrows.update(pairwise(way))
        met.update(place for key in way[1:-1] for place in nodes[key].places if place in _UNSEEN)
    return Route(frozenset(arrows), frozenset(met), here)


def _way(graph: Graph, nodes: Mapping[str, Node], start: str, end: str) -> list[str]:
    """The keys from one place to another by way of nothing that would have been met; none when there is no such way,
    or when it is the same challenge asked again."""
    waiting = deque([[start]])
    seen = set()
    while waiting:
        way = waiting.popleft()
        for key in graph.after(way[-1]):
            if key == end:
                return [*way, key]
            if key not in seen and _is_unseen(nodes[key]):
                seen.add(key)
                waiting.append([*way, key])
    return []


def _is_unseen(node: Node) -> bool:
    return node.kind == "junction" or bool(_UNSEEN.intersection(node.places))
