"""How far right each box stands in its layer: near to what it is linked with, long arrows straight."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from flows.diagrams.layers import Arrow

_STRAIGHT = 24.0  # how much a bend in the middle of a long arrow counts, beside one at its end
_ENDS = 2.0


def columns(
    rows: Sequence[Sequence[str]], links: Sequence[Arrow], widths: Mapping[str, float], *, apart: float, sweeps: int
) -> dict[str, float]:
    """Centres in pixels, in each row's order, ``apart`` between any two. What has no width in ``widths`` is a bend of
    an arrow that passes by. With more ``sweeps`` lines are straighter."""
    x: dict[str, float] = {}
    for row in rows:
        left = -sum(widths.get(key, 0.0) + apart for key in row) / 2
        for key in row:
            x[key] = left + widths.get(key, 0.0) / 2
            left += widths.get(key, 0.0) + apart
    near: dict[str, list[tuple[str, float]]] = {key: [] for key in x}
    for start, end in links:
        bends = (start not in widths) + (end not in widths)
        weight = (1.0, _ENDS, _STRAIGHT)[bends]
        near[start].append((end, weight))
        near[end].append((start, weight))
    for sweep in range(sweeps):
        for row in rows if sweep % 2 == 0 else rows[::-1]:
            x.update(_settled(row, near, x, widths, apart))
    return _straightened(rows, links, x, widths, apart)


def _settled(
    row: Sequence[str],
    near: Mapping[str, Sequence[tuple[str, float]]],
    x: Mapping[str, float],
    widths: Mapping[str, float],
    apart: float,
) -> dict[str, float]:
    """The row as near as can be to where each wants to be (pool adjacent violators)."""
    offsets = [0.0]
    for one, other in pairwise(row):
        offsets.append(offsets[-1] + _distance(one, other, widths, apart))
    blocks: list[tuple[float, float, int]] = []  # sum of weight times place, weight, how many
    for key, offset in zip(row, offsets, strict=True):
        weight = sum(each for _, each in near[key]) or 1.0
        wanted = sum(x[other] * each for other, each in near[key]) / weight if near[key] else x[key]
        blocks.append(((wanted - offset) * weight, weight, 1))
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            (total, weight, count), (more, heavier, others) = blocks.pop(), blocks.pop()
            blocks.append((total + more, weight + heavier, count + others))
    places = [total / weight for total, weight, count in blocks for _ in range(count)]
    return {key: place + offset for key, place, offset in zip(row, places, offsets, strict=True)}


def _distance(one: str, other: str, widths: Mapping[str, float], apart: float) -> float:
    return (widths.get(one, 0.0) + widths.get(other, 0.0)) / 2 + apart


def _straightened(
    rows: Sequence[Sequence[str]],
    links: Sequence[Arrow],
    x: Mapping[str, float],
    widths: Mapping[str, float],
    apart: float,
) -> dict[str, float]:
    """Whole pixels; and what is out of line by a hair, is not, as long as nothing comes too close."""
    found = {key: float(round(value)) for key, value in x.items()}
    row_of = {key: row for row in rows for key in row}

    def room(key: str) -> tuple[float, float]:
        row = row_of[key]
        at = row.index(key)
        left = found[row[at - 1]] + _distance(row[at - 1], key, widths, apart) if at else float("-inf")
        right = found[row[at + 1]] - _distance(key, row[at + 1], widths, apart) if at + 1 < len(row) else float("inf")
        return left, right

    for _ in range(3):
        for start, end in links:
            for key, other in ((end, start), (start, end)):
                left, right = room(key)
                if key not in widths and 0 < abs(found[key] - found[other]) < apart and left <= found[other] <= right:
                    found[key] = found[other]
    return found
