"""A graph as SVG: boxes one below the other, junctions as diamonds, the way taken as a line, the present place lit."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from django.utils.safestring import SafeString

from flows.diagrams import layout
from flows.diagrams.graph import Graph, Node
from flows.diagrams.layout import Layout, Point
from flows.diagrams.markup import element, number, svg
from flows.diagrams.places import Place
from flows.diagrams.route import Route

Link = Callable[[str], str]
CHARACTER = 7.25  # pixels: a monospaced one of 12 px, with a little air
LINE = 26.0  # a row of a box: what a finger can hit is 24 px high
NOTE = 14.0  # more, for the second line of a place that says which use of it is meant
_PADDING = 9.0
_MARGIN = 8.0
_RAIL = 16.0  # beside everything: the line that leads back
_SIZES = {"start": (14.0, 14.0), "end": (72.0, 28.0), "junction": (12.0, 12.0)}
_NOBODY = Route()


def draw(graph: Graph, *, label: str, description: str, route: Route = _NOBODY, link: Link | None = None) -> SafeString:
    """The whole picture, as wide as it needs to be: about 300 px."""
    sizes = {node.key: _size(node) for node in graph.nodes}
    plan = layout.lay_out(sizes, graph.arrows, last=[node.key for node in graph.nodes if node.kind == "end"])
    taken = [arrow for arrow in graph.arrows if arrow in route.arrows]
    calm = [arrow for arrow in graph.arrows if arrow not in route.arrows]
    content = element(
        "g",
        element("g", *_arrows(graph, plan, calm), class_="arrows", aria_hidden="true"),
        element("g", *_arrows(graph, plan, taken), class_="arrows taken", aria_hidden="true"),
        *(_node(node, plan.at[node.key], sizes[node.key], route, link) for node in graph.nodes),
        transform=f"translate({number(_MARGIN)} {number(_MARGIN)})",
    )
    width, height = plan.size
    room = 2 * _MARGIN + (_RAIL if plan.turn else 0)
    return svg(
        content,
        width=width + room,
        height=height + 2 * _MARGIN + (4 if plan.turn else 0),
        label=label,
        description=description,
        class_="flow-map",
    )


# -- Arrows ------------------------------------------------------------------------------------------------------
def _arrows(graph: Graph, plan: Layout, arrows: Sequence[tuple[str, str]]) -> Iterator[SafeString]:
    kinds = {node.key: node.kind for node in graph.nodes}
    drawn = set()
    for arrow in arrows:
        for one, other in pairwise(plan.lines[arrow]):
            if (one, other) not in drawn:  # what several arrows share is drawn once
                drawn.add((one, other))
                yield element("path", d=_curve(one, other))
    for end in dict.fromkeys(arrow[1] for arrow in arrows if arrow not in plan.back):
        if kinds[end] != "junction":
            yield _head(next(plan.lines[arrow][-1] for arrow in arrows if arrow[1] == end and arrow not in plan.back))
    for end in dict.fromkeys(arrow[1] for arrow in arrows if arrow in plan.back):
        yield from _return(plan, plan.at[end], _size(next(node for node in graph.nodes if node.key == end)))


def _curve(one: Point, other: Point) -> str:
    """Leaves downwards, arrives downwards."""
    (x, y), (to_x, to_y) = one, other
    if x == to_x:
        return f"M{number(x)} {number(y)}V{number(to_y)}"
    middle = number((y + to_y) / 2)
    return f"M{number(x)} {number(y)}C{number(x)} {middle} {number(to_x)} {middle} {number(to_x)} {number(to_y)}"


def _head(tip: Point) -> SafeString:
    x, y = map(number, tip)
    return element("path", d=f"M{x} {y}l-4 -7h8z", class_="head")


def _return(plan: Layout, end: Point, size: tuple[float, float]) -> Iterator[SafeString]:
    """From below everything, up beside everything, to the right side of ``end``."""
    if plan.turn is None:
        return
    x, y = plan.turn
    side, top = plan.size[0] + _RAIL / 2, end[1]
    tip = end[0] + size[0] / 2
    start, right, up = number(y - 5), number(side - 8), number(top + 8)
    yield element("path", d=f"M{number(x)} {start}q0 8 8 8H{right}q8 0 8 -8V{up}q0 -8 -8 -8H{number(tip)}")
    yield element("path", d=f"M{number(tip)} {number(top)}l7 -4v8z", class_="head")


# -- Nodes -------------------------------------------------------------------------------------------------------
def _size(node: Node) -> tuple[float, float]:
    if node.kind in _SIZES:
        return _SIZES[node.kind]
    longest = max(len(place.name) for place in node.places)
    return round(longest * CHARACTER) + 2 * _PADDING, sum(map(_row_height, node.places))


def _row_height(place: Place) -> float:
    return LINE + (NOTE if place.second else 0)


def _node(node: Node, at: Point, size: tuple[float, float], route: Route, link: Link | None) -> SafeString:
    x, y = at
    if node.kind == "junction":
        passed = any(node.key in arrow for arrow in route.arrows)
        d = f"M{number(x)} {number(y - 6)}l6 6l-6 6l-6 -6z"
        return element("path", d=d, class_="junction taken" if passed else "junction", aria_hidden="true")
    if node.kind == "start":
        return element(
            "circle", cx=x, cy=y, r=7.0, class_="start taken" if route.arrows else "start", aria_hidden="true"
        )
    top = y - size[1] / 2
    rows = []
    for place in node.places:
        height = size[1] if node.kind == "end" else _row_height(place)
        rows.append(_row(place, (x, top), (size[0], height), route, link))
        top += height
    frame = element(
        "rect", x=x - size[0] / 2, y=y - size[1] / 2, width=size[0], height=size[1], rx=_radius(node), class_="frame"
    )
    return element("g", *([frame] if len(rows) > 1 else []), *rows, class_=node.kind)


def _radius(node: Node) -> float:
    return 14.0 if node.kind == "end" else 6.0


def _row(place: Place, at: Point, size: tuple[float, float], route: Route, link: Link | None) -> SafeString:
    """One place: a link where it has a page. The present one is marked by its shape and weight, not by colour alone."""
    lit = place == route.here
    x, top = at
    width, height = size
    words = [
        element("text", place.name, x=x, y=top + 17.5, class_="name", text_anchor="middle"),
        *(
            [element("text", "second factor", x=x, y=top + 32, class_="note", text_anchor="middle")]
            if place.second
            else []
        ),
    ]
    pointer = [
        element("path", d=f"M{number(x - width / 2 - 3)} {number(top + height / 2)}l-7 -5v10z", class_="pointer")
    ]
    href = link(place.name) if link else ""
    state = " lit" if lit else " taken" if place in route.met else ""
    return element(
        "a" if href else "g",
        element("rect", x=x - width / 2, y=top, width=width, height=height, rx=min(14.0, 6.0), class_="shape"),
        *(pointer if lit else []),
        *words,
        href=href,
        class_=f"node{state}",
        data_node=place.name,
        data_second="true" if place.second else "",
        aria_current="step" if lit else "",
    )
