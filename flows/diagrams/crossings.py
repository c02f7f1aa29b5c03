"""In which order the boxes of a layer stand, from left to right, so that few arrows cross."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from zlib import crc32

from flows.diagrams.layers import Arrow

_BEGINNINGS = 8  # more find nothing better for our flows
_SWEEPS = 6
Rows = tuple[tuple[str, ...], ...]


def orders(layer: Mapping[str, int], links: Sequence[Arrow]) -> Iterator[tuple[int, Rows]]:
    """Good orders and how many crossings each has. Every link is between neighbouring layers.

    Sweeping by barycentres and changing neighbours goes downhill only, so it begins in several ways; always in the
    same ones, for a picture must not change from one time to the next.
    """
    between: list[list[Arrow]] = [[] for _ in range(max(layer.values()) + 1)]
    for link in links:
        between[layer[link[0]]].append(link)
    seen = set()
    for beginning in range(_BEGINNINGS):
        rows: list[list[str]] = [[] for _ in between]
        for key in layer if beginning == 0 else sorted(layer, key=lambda key: crc32(f"{beginning} {key}".encode())):
            rows[layer[key]].append(key)
        found = _improved(rows, between)
        if found[1] not in seen:
            seen.add(found[1])
            yield found


def _improved(rows: list[list[str]], between: Sequence[Sequence[Arrow]]) -> tuple[int, Rows]:
    best = (_all_crossings(rows, between), _frozen(rows))
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        order = range(1, len(rows)) if down else range(len(rows) - 2, -1, -1)
        for at in order:
            _by_barycentre(rows, at, between[at - 1] if down else between[at], down=down)
        for at in range(len(rows)):
            _exchange(rows, at, between)
        best = min(best, (_all_crossings(rows, between), _frozen(rows)), key=lambda found: found[0])
    return best


def _frozen(rows: Sequence[Sequence[str]]) -> Rows:
    return tuple(map(tuple, rows))


def _by_barycentre(rows: Sequence[list[str]], at: int, links: Sequence[Arrow], *, down: bool) -> None:
    place = {key: index for index, key in enumerate(rows[at - 1 if down else at + 1])}
    wanted = {}
    for index, key in enumerate(rows[at]):
        places = [place[start if down else end] for start, end in links if (end if down else start) == key]
        wanted[key] = sum(places) / len(places) if places else float(index)
    rows[at].sort(key=wanted.__getitem__)


def _exchange(rows: Sequence[list[str]], at: int, between: Sequence[Sequence[Arrow]]) -> None:
    """Neighbours change places where that saves a crossing."""
    row = rows[at]
    nearby = [layer for layer in (at - 1, at) if 0 <= layer < len(rows) - 1]
    for index in range(len(row) - 1):
        before = sum(_crossings(rows, layer, between[layer]) for layer in nearby)
        row[index : index + 2] = row[index : index + 2][::-1]
        if sum(_crossings(rows, layer, between[layer]) for layer in nearby) >= before:
            row[index : index + 2] = row[index : index + 2][::-1]


def _all_crossings(rows: Sequence[Sequence[str]], between: Sequence[Sequence[Arrow]]) -> int:
    return sum(_crossings(rows, at, between[at]) for at in range(len(rows) - 1))


def _crossings(rows: Sequence[Sequence[str]], at: int, links: Sequence[Arrow]) -> int:
    """Among the links from the layer at ``at`` to the next one."""
    above = {key: index for index, key in enumerate(rows[at])}
    below = {key: index for index, key in enumerate(rows[at + 1])}
    spans = [(above[start], below[end]) for start, end in links]
    return sum((a - c) * (b - d) < 0 for (a, b), (c, d) in combinations(spans, 2))
