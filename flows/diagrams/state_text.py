"""What can follow what, in words."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from django.utils.text import get_text_list

from flows.diagrams.graph import Graph
from flows.diagrams.places import START, TOKENS, Place
from flows.diagrams.route import Route


@dataclass(frozen=True, slots=True)
class Row:
    """A place: ``following`` are what can come next; ``is_met`` and ``is_lit`` are about one sign-in."""

    place: Place
    following: tuple[Place, ...]
    is_met: bool = False
    is_lit: bool = False

    def __str__(self) -> str:
        state = " (you are here)" if self.is_lit else " (passed)" if self.is_met and self.place != START else ""
        if not self.following:
            return f"{self.place}{state}"
        onward = get_text_list([str(each) for each in self.following], "or")
        return f"{self.place}{state}: may be followed by {onward}"


def rows(onward: Mapping[Place, Set[Place]], route: Route) -> tuple[Row, ...]:
    """A row for each place, the tokens last."""
    order = dict.fromkeys([*onward, *(each for following in onward.values() for each in following if each != TOKENS)])
    everything = [*(each for each in order if each != TOKENS), *([TOKENS] if TOKENS in _all(onward) else [])]
    return tuple(
        Row(
            place,
            tuple(each for each in everything if each in onward.get(place, ())),
            is_met=place in route.met,
            is_lit=place == route.here,
        )
        for place in everything
    )


def onward(graph: Graph) -> dict[Place, set[Place]]:
    """What each place is followed by, as the graph shows it."""
    nodes = {node.key: node for node in graph.nodes}

    def reached(key: str, seen: frozenset[str] = frozenset()) -> set[Place]:
        found: set[Place] = set()
        for end in graph.after(key):
            if nodes[end].kind == "junction":
                found |= reached(end, seen | {end}) if end not in seen else set()
            else:
                found.update(nodes[end].places)
        return found

    return {place: reached(node.key) for node in graph.nodes if graph.after(node.key) for place in node.places}


def _all(onward: Mapping[Place, Set[Place]]) -> set[Place]:
    return {*onward, *(each for following in onward.values() for each in following)}
