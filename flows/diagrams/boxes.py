"""One node of a flow map as SVG: a box with a place in it or several, a junction, the start."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from flows.diagrams.graph import Node
from flows.diagrams.layout import Point, Size
from flows.diagrams.markup import element, number
from flows.diagrams.places import TOKENS, Place
from flows.diagrams.route import Route
from flows.diagrams.wrapping import width

Link = Callable[[str], str]
_CHARACTER = 7.25  # pixels: a monospaced one of 12 px, with a little air
_LINE = 14.0
_AROUND = (9.0, 6.0)  # beside and above a name; with one line that is more than the 24 px that a finger hits
_GROUP = 4.0  # around each place of a box that holds several
_SIZES: dict[str, Size] = {"start": (14.0, 14.0), "end": (72.0, 28.0), "junction": (12.0, 12.0)}
_ROUND = {TOKENS: 14.0}
_SECOND = "second factor"
_LONGEST = 24  # characters, of DEVICE_PASSWORD_VERIFIER: no name of Cognito's has more


@dataclass(frozen=True, slots=True)
class Boxes:
    """``longest``: how many characters of a ChallengeName have one line."""

    longest: int

    def size(self, node: Node) -> Size:
        """In pixels."""
        if node.kind in _SIZES:
            return _SIZES[node.kind]
        rows = [self._row_size(place) for place in node.places]
        room = _GROUP if len(rows) > 1 else 0.0
        return max(wide for wide, _ in rows) + 2 * room, sum(high + room for _, high in rows) + room

    def draw(self, node: Node, at: Point, route: Route, link: Link | None) -> SafeString:
        """The node with its middle ``at`` there; a place that has a page is a link to it."""
        x, y = at
        if node.kind == "junction":
            passed = any(node.key in arrow for arrow in route.arrows)
            d = f"M{number(x)} {number(y - 6)}l6 6l-6 6l-6 -6z"
            return element(
                "path", d=d, class_="junction taken" if passed else "junction", aria_hidden="true", data_key=node.key
            )
        if node.kind == "start":
            begun = "start taken" if route.arrows else "start"
            return element("circle", cx=x, cy=y, r=7.0, class_=begun, aria_hidden="true", data_key=node.key)
        wide, high = self.size(node)
        if len(node.places) == 1:
            return element(
                "g", self._row(node.places[0], at, (wide, high), route, link), class_=node.kind, data_key=node.key
            )
        rows = [element("rect", x=x - wide / 2, y=y - high / 2, width=wide, height=high, rx=9.0, class_="frame")]
        top = y - high / 2 + _GROUP
        for place in node.places:
            size = (wide - 2 * _GROUP, self._row_size(place)[1])
            rows.append(self._row(place, (x, top + size[1] / 2), size, route, link))
            top += size[1] + _GROUP
        return element("g", *rows, class_=node.kind, data_key=node.key)

    def _row_size(self, place: Place) -> Size:
        lines = _broken(place.name, self.longest)
        wide = max(*(round(len(line) * _CHARACTER) for line in lines), width(_SECOND) if place.second else 0)
        return wide + 2 * _AROUND[0], (len(lines) + place.second) * _LINE + 2 * _AROUND[1]

    def _row(self, place: Place, at: Point, size: Size, route: Route, link: Link | None) -> SafeString:
        """The present place is told by a pointer and by weight too, not by colour alone."""
        lit = place == route.here
        (x, y), (wide, high) = at, size
        left, top = x - wide / 2, y - high / 2
        shape = element("rect", x=left, y=top, width=wide, height=high, rx=_ROUND.get(place, 6.0), class_="shape")
        pointer = element("path", d=f"M{number(left - 3)} {number(y)}l-8 -6v12z", class_="pointer")
        lines = _broken(place.name, self.longest)
        baseline = y + 4 - (len(lines) + place.second - 1) * _LINE / 2
        spans = [element("tspan", line, x=x, y=baseline + _LINE * row) for row, line in enumerate(lines)]
        name = element("text", *spans, class_="name", text_anchor="middle")
        below = baseline + _LINE * len(lines)
        second = element("text", _SECOND, x=x, y=below, class_="note", text_anchor="middle")
        href = link(place.name) if link else ""
        return element(
            "a" if href else "g",
            shape,
            *([pointer] if lit else []),
            name,
            *([second] if place.second else []),
            href=href,
            class_=" ".join(["node", *(["lit"] if lit else []), *(["taken"] if place in route.met else [])]),
            data_node=place.name,
            data_second="true" if place.second else "",
            aria_current="step" if lit else "",
        )


def _broken(name: str, longest: int) -> list[str]:
    """The name in one line or two, behind the underscore that is nearest to the middle; the names of a stranger's
    diagram in as many as it takes."""
    if len(name) <= longest:
        return [name]
    breaks = [at + 1 for at, character in enumerate(name[:-1]) if character in "_ "]
    if not breaks and len(name) <= _LONGEST:
        return [name]
    middle = min(breaks or [len(name) // 2], key=lambda at: abs(2 * at - len(name)))
    return [part for half in (name[:middle], name[middle:]) for part in _broken(half, max(longest, _LONGEST))]
