"""A graph as SVG: boxes one below the other, junctions as diamonds, the way taken as a line, the present place lit."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from django.utils.safestring import SafeString

from flows.diagrams import layout
from flows.diagrams.boxes import Boxes, Link
from flows.diagrams.graph import Graph
from flows.diagrams.layers import Arrow
from flows.diagrams.layout import Layout, Point
from flows.diagrams.markup import element, number, svg
from flows.diagrams.places import Place
from flows.diagrams.route import Route
from flows.terms import ChallengeName

_MARGIN = 12.0
_RAIL = 20.0  # beside everything: the line that leads back
_MOST = 336.0  # what a phone has room for, in pixels
_LONGEST = (24, 15)  # characters in one line; fewer where the picture would be too wide
_DEVICE = (Place(ChallengeName.DEVICE_SRP_AUTH), Place(ChallengeName.DEVICE_PASSWORD_VERIFIER))
_NOBODY = Route()


def draw(graph: Graph, *, label: str, description: str, route: Route = _NOBODY, link: Link | None = None) -> SafeString:
    """The whole picture, as wide as it needs to be: about 320 px."""
    boxes, plan = _plan(graph)
    taken = [arrow for arrow in graph.arrows if arrow in route.arrows]
    calm = [arrow for arrow in graph.arrows if arrow not in route.arrows]
    left = _MARGIN + (_RAIL if _turns_left(plan) else 0.0)
    content = element(
        "g",
        element("g", *_arrows(graph, plan, calm), class_="arrows", aria_hidden="true"),
        element("g", *_arrows(graph, plan, taken), class_="arrows taken", aria_hidden="true"),
        *(boxes.draw(node, plan.at[node.key], route, link) for node in graph.nodes),
        transform=f"translate({number(left)} {number(_MARGIN)})",
    )
    return svg(
        content,
        width=_width(plan),
        height=plan.size[1] + 2 * _MARGIN,
        label=label,
        description=description,
        class_="flow-map",
    )


@lru_cache(maxsize=64)
def _plan(graph: Graph) -> tuple[Boxes, Layout]:
    """Takes some 100 ms, and is the same for everybody who is in that flow."""
    for boxes in map(Boxes, _LONGEST):
        sizes = {node.key: boxes.size(node) for node in graph.nodes}
        plan = layout.lay_out(sizes, graph.arrows, last=_last(graph))
        if _width(plan) <= _MOST:
            break
    return boxes, plan


def _width(plan: Layout) -> float:
    return plan.size[0] + 2 * _MARGIN + (_RAIL if plan.turn else 0.0)


def _last(graph: Graph) -> list[str]:
    """What stands below everything: the tokens, and the way to them from where the flows of a pool are all alike."""
    nodes = {node.key: node for node in graph.nodes}
    ends = [key for key, node in nodes.items() if node.kind == "end"]
    split = [key for key, node in nodes.items() if node.kind == "junction" and graph.after(key)[:1] == ends]
    devices = [key for place in _DEVICE for key, node in nodes.items() if node.places == (place,)]
    return [*split, *devices, *ends] if split and len(devices) == len(_DEVICE) else []


# -- Arrows ------------------------------------------------------------------------------------------------------
def _arrows(graph: Graph, plan: Layout, arrows: Sequence[Arrow]) -> Iterator[SafeString]:
    """``data-arrow`` says from where to where. What several arrows share is drawn once, with the first of them."""
    kinds = {node.key: node.kind for node in graph.nodes}
    drawn: set[SafeString] = set()
    for arrow in arrows:
        lines = plan.lines[arrow]
        paths = [element("path", d=_curve(one, other)) for one, other in pairwise(lines)]
        if plan.turn and arrow in plan.back:
            paths += _return(plan, plan.turn, plan.at[arrow[1]], plan.sizes[arrow[1]][0])
        elif kinds[arrow[1]] != "junction":
            paths.append(_head(lines[-1]))
        yield element("g", *(path for path in paths if path not in drawn), data_arrow=" ".join(arrow))
        drawn.update(paths)


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


def _turns_left(plan: Layout) -> bool:
    return plan.turn is not None and plan.turn[0] < plan.size[0] / 2


def _return(plan: Layout, turn: Point, end: Point, wide: float) -> Iterator[SafeString]:
    """From below everything, up beside everything, to the nearer side of ``end``."""
    x, y = turn
    to = -1 if _turns_left(plan) else 1
    side = 4 - _RAIL if to < 0 else plan.size[0] + _RAIL - 4
    tip = end[0] + to * wide / 2
    across = f"M{number(x)} {number(y - 8)}q0 8 {8 * to} 8H{number(side - 8 * to)}"
    up = f"q{8 * to} 0 {8 * to} -8V{number(end[1] + 8)}q0 -8 {-8 * to} -8H{number(tip)}"
    yield element("path", d=across + up)
    yield element("path", d=f"M{number(tip)} {number(end[1])}l{7 * to} -4v8z", class_="head")
