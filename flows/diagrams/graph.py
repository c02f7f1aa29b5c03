"""What is drawn: boxes, junctions between them, arrows. Made of what each place is followed by.

Places with the same ones before them and behind them share a box. What several can go on to is drawn once, behind a
junction that they share: USER_AUTH has some eighty pairs of places and half as many arrows.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Literal

from flows.diagrams.places import FUNCTION, START, TOKENS, Place
from flows.terms import ChallengeName as C

Onward = Mapping[Place, Set[Place]]
Kind = Literal["start", "box", "function", "junction", "end"]
_Box = tuple[Place, ...]
_Boxes = frozenset[_Box]


@dataclass(frozen=True, slots=True)
class Node:
    """``key`` is unique in its graph. A junction has no places."""

    key: str
    kind: Kind
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Graph:
    """``arrows`` are pairs of keys, in the order in which they were found."""

    nodes: tuple[Node, ...]
    arrows: tuple[tuple[str, str], ...]

    def after(self, key: str) -> list[str]:
        return [end for start, end in self.arrows if start == key]


def of(onward: Onward) -> Graph:
    """The graph of what each place is followed by."""
    boxed = _boxed(onward)
    reduction = _Reduction(boxed)
    for box, following in boxed.items():
        reduction.draw(reduction.keys[box], following)
    return reduction.graph()


class _Reduction:
    def __init__(self, onward: Mapping[_Box, _Boxes]) -> None:
        self.sets = list(dict.fromkeys([*onward.values(), *_together(onward)]))
        used = {each for following in onward.values() for each in (following, *self._shared_in(following))}
        self.sets = [each for each in self.sets if each in used]
        self.uses = Counter([*onward.values(), *used.difference(onward.values())])
        for following in self.sets:
            self.uses.update(self._shared_in(following))
        boxes = [box for box in onward if START not in box]
        self.keys: dict[_Box, str] = {(START,): "start", (TOKENS,): "end"}
        self.keys |= {box: f"box{at}" for at, box in enumerate(boxes, start=1)}
        self.junctions: dict[_Boxes, str] = {}
        self.arrows: list[tuple[str, str]] = []

    def draw(self, key: str, following: _Boxes) -> None:
        """The arrows from ``key``."""
        if self.uses[following] > 1 and len(following) > 1:
            self.arrows.append((key, self._junction(following)))
        else:
            self._draw_each(key, following)

    def graph(self) -> Graph:
        boxes = [Node(key, _KINDS.get(box[0], "box"), box) for box, key in self.keys.items()]
        return Graph((*boxes, *(Node(key, "junction") for key in self.junctions.values())), tuple(self.arrows))

    def _junction(self, following: _Boxes) -> str:
        if following not in self.junctions:
            self.junctions[following] = f"choice{len(self.junctions) + 1}"
            self._draw_each(self.junctions[following], following)
        return self.junctions[following]

    def _draw_each(self, key: str, following: _Boxes) -> None:
        shared = self._shared_in(following)
        rest = following.difference(*shared)
        self.arrows += [(key, self.keys[box]) for box in self.keys if box in rest]
        for each in shared:
            self.draw(key, each)

    def _shared_in(self, following: _Boxes) -> list[_Boxes]:
        """The largest sets that are part of this one and have nothing in common, of what some place goes on to."""
        parts = sorted((each for each in self.sets if each < following and len(each) > 1), key=len, reverse=True)
        found: list[_Boxes] = []
        for each in parts:
            if each.isdisjoint(box for one in found for box in one):
                found.append(each)
        return found


# What belongs together though no place goes on to just that: what may stand before tokens, and what only a proof of the
# password makes possible in CUSTOM_AUTH.
_TOGETHER = (
    frozenset({Place(C.DEVICE_SRP_AUTH), TOKENS}),
    frozenset(
        {
            Place(C.NEW_PASSWORD_REQUIRED),
            Place(C.SMS_MFA),
            Place(C.SOFTWARE_TOKEN_MFA),
            Place(C.EMAIL_OTP, second=True),
        }
    ),
)


def _together(onward: Mapping[_Box, _Boxes]) -> Iterator[_Boxes]:
    boxes = frozenset(onward).union(*onward.values())
    for places in _TOGETHER:
        whole = frozenset(box for box in boxes if places.issuperset(box))
        if places == frozenset(place for box in whole for place in box):
            yield whole


_KINDS: Mapping[Place, Kind] = {START: "start", TOKENS: "end", FUNCTION: "function"}


def _boxed(onward: Onward) -> dict[_Box, _Boxes]:
    before: dict[Place, set[Place]] = defaultdict(set)
    for place, following in onward.items():
        for each in following:
            before[each].add(place)
    alike: dict[tuple[frozenset[Place], frozenset[Place]], list[Place]] = defaultdict(list)
    for place in (*onward, TOKENS):
        alike[frozenset(before[place]), frozenset(onward.get(place, ()))].append(place)
    box_of = {place: tuple(places) for places in alike.values() for place in places}
    return {box_of[place]: frozenset(box_of[each] for each in following) for place, following in onward.items()}
