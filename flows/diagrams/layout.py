"""Where things stand: layers from top to bottom, few crossings, long arrows straight.

Pure arithmetic over keys and sizes in pixels. Arrows that lead back end at a point of their own below everything, from
which one line returns.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from flows.diagrams.columns import columns
from flows.diagrams.crossings import Rows, orders
from flows.diagrams.layers import Arrow, layers, leading_back

Point = tuple[float, float]
Size = tuple[float, float]  # width, height

_APART = 12.0  # between two that stand side by side
_BETWEEN = 20.0  # two layers, at least
_MOST = 42.0
_CROSSING = 40.0  # how much wider a drawing may be to have one less
_TURN = "\0turn"


@dataclass(frozen=True, slots=True)
class Layout:
    """``size`` is that of it all, ``sizes`` those of its boxes, ``at`` their centres. ``lines`` are the points of each
    arrow, from the source's lower edge to the target's upper one; ``back`` names the arrows that lead back, all of
    which end at ``turn``, below everything."""

    size: Size
    sizes: Mapping[str, Size]
    at: Mapping[str, Point]
    lines: Mapping[Arrow, tuple[Point, ...]]
    back: frozenset[Arrow]
    turn: Point | None


def lay_out(sizes: Mapping[str, Size], arrows: Sequence[Arrow], *, last: Sequence[str] = ()) -> Layout:
    """Places for the keys of ``sizes``; ``last`` stand in the lowest layers. The order of both decides where nothing
    else does, so that the same graph is always drawn the same way."""
    back = leading_back(list(sizes), arrows)
    known = dict(sizes) | ({_TURN: (0.0, 16.0)} if back else {})
    links_of = {arrow: (arrow[0], _TURN) if arrow in back else arrow for arrow in arrows}
    layer = layers(list(known), links_of.values(), last=[*last, *([_TURN] if back else [])])
    chains = {arrow: _chain(link, layer) for arrow, link in links_of.items()}
    links = list(dict.fromkeys(link for chain in chains.values() for link in pairwise(chain)))
    layer |= {key: layer[chain[0]] + at for chain in chains.values() for at, key in enumerate(chain)}
    rows, x = _best(layer, links, known)
    edges = _edges(rows, links, x, known)
    at = {key: (x[key], sum(edges[layer[key]]) / 2) for key in layer}
    lines = {
        arrow: tuple(_points(chain, at, [edges[layer[key]] for key in chain], known)) for arrow, chain in chains.items()
    }
    return Layout((_width(x, known), edges[-1][1]), sizes, {key: at[key] for key in sizes}, lines, back, at.get(_TURN))


def _chain(arrow: Arrow, layer: Mapping[str, int]) -> tuple[str, ...]:
    """The arrow's ends, and a bend in each layer between them. Arrows to one end share their bends: they merge."""
    start, end = arrow
    return (start, *(f"{end}\0{at}" for at in range(layer[start] + 1, layer[end])), end)


def _best(
    layer: Mapping[str, int], links: Sequence[Arrow], known: Mapping[str, Size]
) -> tuple[Rows, Mapping[str, float]]:
    """The order and the columns of it, from zero on, that are narrow and have few crossings."""
    widths = {key: width for key, (width, _) in known.items()}
    found = []
    for crossings, rows in orders(layer, links):
        x = columns(rows, links, widths, apart=_APART, sweeps=30)
        found.append((_width(x, known) + crossings * _CROSSING, rows))
    _, rows = min(found, key=lambda each: each[0])
    x = columns(rows, links, widths, apart=_APART, sweeps=200)
    left = min(value - _half(key, known, 0) for key, value in x.items())
    return rows, {key: value - left for key, value in x.items()}


def _width(x: Mapping[str, float], known: Mapping[str, Size]) -> float:
    right = max(value + _half(key, known, 0) for key, value in x.items())
    return right - min(value - _half(key, known, 0) for key, value in x.items())


def _half(key: str, known: Mapping[str, Size], axis: int) -> float:
    return known[key][axis] / 2 if key in known else 0.0


def _edges(
    rows: Sequence[Sequence[str]], links: Sequence[Arrow], x: Mapping[str, float], known: Mapping[str, Size]
) -> list[tuple[float, float]]:
    """The upper and the lower edge of each layer. A line that goes far aside gets room for its bend."""
    edges, top = [], 0.0
    for row in rows:
        height = 2 * max(_half(key, known, 1) for key in row)
        aside = max((abs(x[start] - x[end]) for start, end in links if start in row), default=0.0)
        edges.append((top, top + height))
        top += height + min(_MOST, _BETWEEN + aside / 7)
    return edges


def _points(
    chain: Sequence[str], at: Mapping[str, Point], edges: Sequence[tuple[float, float]], known: Mapping[str, Size]
) -> Iterator[Point]:
    """Aside only between layers: beside a low box there may be a high one."""
    for index, (key, (upper, lower)) in enumerate(zip(chain, edges, strict=True)):
        x, middle = at[key]
        half = _half(key, known, 1)
        if index > 0:
            yield x, upper
            if key in known and middle - half > upper:
                yield x, middle - half
        if index + 1 < len(chain):
            if key in known and middle + half < lower:
                yield x, middle + half
            yield x, lower
