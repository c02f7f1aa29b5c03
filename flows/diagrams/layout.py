"""Where things stand: layers from top to bottom, few crossings, long arrows straight (after Sugiyama, in four passes).

Pure arithmetic over keys and sizes in pixels. Arrows that lead back end at a point of their own below everything, from
which one line returns.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Arrow = tuple[str, str]
Point = tuple[float, float]
Size = tuple[float, float]  # width, height

BESIDE = 14.0  # between two that stand side by side
_SWEEPS = 16
_STRAIGHT = 8.0  # how much more than others a bend in the middle of a long arrow counts


@dataclass(frozen=True, slots=True)
class Layout:
    """``at`` are centres. ``lines`` are the points of each arrow, from the source's lower edge to the target's upper
    one; ``back`` names the arrows that lead back, all of which end at ``turn`` (the middle of the lower edge)."""

    size: Size
    at: Mapping[str, Point]
    lines: Mapping[Arrow, tuple[Point, ...]]
    back: frozenset[Arrow]
    turn: Point | None


def lay_out(sizes: Mapping[str, Size], arrows: Sequence[Arrow], *, last: Iterable[str] = ()) -> Layout:
    """Places for the keys of ``sizes``; ``last`` stand in the lowest layer. The order of both is where a tie is
    decided by, so that the same graph is always drawn the same way."""
    back = _leading_back(list(sizes), arrows)
    turn = "\0turn"
    known = dict(sizes) | ({turn: (0.0, 10.0)} if back else {})
    forward = {arrow: (arrow[0], turn) if arrow in back else arrow for arrow in arrows}
    layer = _layers(list(known), set(forward.values()), last=(*last, *((turn,) if back else ())))
    chains = {arrow: _chain(end, layer) for arrow, end in forward.items()}
    links = list(dict.fromkeys(link for chain in chains.values() for link in pairwise(chain)))
    layer |= {key: layer[chain[0]] + at for chain in chains.values() for at, key in enumerate(chain)}
    widths = {key: known.get(key, (2.0, 0.0))[0] for key in layer}
    rows = _ordered(layer, links)
    x = _columns(rows, links, widths, known)
    left = min(x[key] - widths[key] / 2 for key in layer)
    x = {key: value - left for key, value in x.items()}
    y, edges = _heights(rows, links, x, known)
    at = {key: (x[key], y[layer[key]]) for key in layer}
    lines = {arrow: tuple(_points(chain, layer, at, edges, known)) for arrow, chain in chains.items()}
    width = max(x[key] + widths[key] / 2 for key in layer)
    return Layout((width, edges[len(rows) - 1][1]), {key: at[key] for key in sizes}, lines, back, at.get(turn))


def _leading_back(keys: Sequence[str], arrows: Sequence[Arrow]) -> frozenset[Arrow]:
    """Those that close a circle, found by going as deep as one can from each key in turn."""
    back: set[Arrow] = set()
    done: set[str] = set()

    def visit(key: str, above: tuple[str, ...]) -> None:
        for arrow in (each for each in arrows if each[0] == key):
            if arrow[1] in (*above, key):
                back.add(arrow)
            elif arrow[1] not in done:
                visit(arrow[1], (*above, key))
        done.add(key)

    for key in keys:
        if key not in done:
            visit(key, ())
    return frozenset(back)


def _layers(keys: Sequence[str], links: set[Arrow], *, last: Iterable[str]) -> dict[str, int]:
    """As far down as the longest way from the top is."""
    layer = dict.fromkeys(keys, 0)
    for _ in keys:
        for start, end in links:
            layer[end] = max(layer[end], layer[start] + 1)
    lowest = max(layer.values())
    return layer | {key: lowest for key in last if key in layer}


def _chain(arrow: Arrow, layer: Mapping[str, int]) -> tuple[str, ...]:
    """The arrow's ends, and a point in each layer between them. Arrows to one end share their points: they merge."""
    start, end = arrow
    return (start, *(f"{end}\0{at}" for at in range(layer[start] + 1, layer[end])), end)


def _ordered(layer: Mapping[str, int], links: Sequence[Arrow]) -> list[list[str]]:
    """Each layer from left to right: the best that sweeping down and up by barycentres comes to."""
    rows: list[list[str]] = [[] for _ in range(max(layer.values()) + 1)]
    for key, at in layer.items():
        rows[at].append(key)
    best, fewest = [list(row) for row in rows], _crossings(rows, links)
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        for above, row in pairwise(rows if down else rows[::-1]):
            place = {key: float(at) for at, key in enumerate(above)}
            means = {key: _mean([place[other] for other in _beside(key, links, down) if other in place]) for key in row}
            own = {key: float(at) for at, key in enumerate(row)}
            row.sort(key=lambda key: own[key] if means[key] is None else means[key])  # type: ignore[arg-type,return-value]
        for row in rows:
            _exchange(row, rows, links)
        count = _crossings(rows, links)
        if count < fewest:
            best, fewest = [list(row) for row in rows], count
    return best


def _exchange(row: list[str], rows: list[list[str]], links: Sequence[Arrow]) -> None:
    """Neighbours change places where that saves a crossing."""
    for at in range(len(row) - 1):
        before = _crossings(rows, links)
        row[at : at + 2] = row[at : at + 2][::-1]
        if _crossings(rows, links) >= before:
            row[at : at + 2] = row[at : at + 2][::-1]


def _crossings(rows: Sequence[Sequence[str]], links: Sequence[Arrow]) -> int:
    place = {key: (at, index) for at, row in enumerate(rows) for index, key in enumerate(row)}
    spans: dict[int, list[tuple[int, int]]] = {}
    for start, end in links:
        spans.setdefault(place[start][0], []).append((place[start][1], place[end][1]))
    return sum(
        (a[0] - b[0]) * (a[1] - b[1]) < 0 for span in spans.values() for at, a in enumerate(span) for b in span[:at]
    )


def _beside(key: str, links: Sequence[Arrow], above: bool) -> list[str]:
    return [start for start, end in links if end == key] if above else [end for start, end in links if start == key]


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _columns(
    rows: Sequence[Sequence[str]], links: Sequence[Arrow], widths: Mapping[str, float], known: Mapping[str, Size]
) -> dict[str, float]:
    """Centres: near to what each is linked with, in the row's order, never closer than ``BESIDE``."""
    x: dict[str, float] = {}
    for row in rows:
        left = -sum(widths[key] + BESIDE for key in row) / 2
        for key in row:
            x[key] = left + widths[key] / 2
            left += widths[key] + BESIDE
    near: dict[str, list[tuple[str, float]]] = {key: [] for key in x}
    for start, end in links:
        weight = (
            _STRAIGHT
            if start not in known and end not in known
            else 2.0
            if start not in known or end not in known
            else 1.0
        )
        near[start].append((end, weight))
        near[end].append((start, weight))
    for sweep in range(60):
        for row in rows if sweep % 2 == 0 else rows[::-1]:
            wanted = []
            for key in row:
                total = sum(weight for _, weight in near[key]) or 1.0
                wanted.append(
                    (sum(x[other] * weight for other, weight in near[key]) / total if near[key] else x[key], total)
                )
            for key, value in zip(row, _apart(row, wanted, widths), strict=True):
                x[key] = value
    return {key: round(value, 1) for key, value in x.items()}


def _apart(row: Sequence[str], wanted: Sequence[tuple[float, float]], widths: Mapping[str, float]) -> list[float]:
    """The nearest places to the wanted ones that keep their distance (pool adjacent violators)."""
    offsets = [0.0]
    for one, other in pairwise(row):
        offsets.append(offsets[-1] + (widths[one] + widths[other]) / 2 + BESIDE)
    blocks: list[list[float]] = []  # sum of weight times place, weight, how many
    for (place, weight), offset in zip(wanted, offsets, strict=True):
        blocks.append([(place - offset) * weight, weight, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            last = blocks.pop()
            blocks[-1] = [one + other for one, other in zip(blocks[-1], last, strict=True)]
    places = [total / weight for total, weight, count in blocks for _ in range(int(count))]
    return [place + offset for place, offset in zip(places, offsets, strict=True)]


def _heights(
    rows: Sequence[Sequence[str]], links: Sequence[Arrow], x: Mapping[str, float], known: Mapping[str, Size]
) -> tuple[list[float], list[tuple[float, float]]]:
    """The middle of each layer, and its upper and lower edge. A line that goes far aside gets room for its bend."""
    middles, edges, top = [], [], 0.0
    for at, row in enumerate(rows):
        height = max((known[key][1] for key in row if key in known), default=0.0)
        middles.append(top + height / 2)
        edges.append((top, top + height))
        aside = max((abs(x[a] - x[b]) for a, b in links if a in row), default=0.0)
        top += height + (min(44.0, 20.0 + aside / 6) if at + 1 < len(rows) else 0.0)
    return middles, edges


def _points(
    chain: Sequence[str],
    layer: Mapping[str, int],
    at: Mapping[str, Point],
    edges: Sequence[tuple[float, float]],
    known: Mapping[str, Size],
) -> Iterable[Point]:
    for index, key in enumerate(chain):
        x, middle = at[key]
        half = known[key][1] / 2 if key in known else 0.0
        if index > 0:
            yield (x, middle - half) if key in known else (x, edges[layer[key]][0])
        if index + 1 < len(chain):
            yield (x, middle + half) if key in known else (x, edges[layer[key]][1])
