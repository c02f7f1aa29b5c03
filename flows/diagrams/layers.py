"""Which layer each box stands in: the first pass of a layered drawing (after Sugiyama)."""

from collections.abc import Iterable, Sequence

Arrow = tuple[str, str]


def leading_back(keys: Sequence[str], arrows: Sequence[Arrow]) -> frozenset[Arrow]:
    """The arrows that close a circle, found by going as deep as one can from each key in turn."""
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


def layers(keys: Sequence[str], arrows: Iterable[Arrow], *, last: Sequence[str]) -> dict[str, int]:
    """As high as what leads there lets it be; as low as possible where more leads on than leads there, so that the
    fewer arrows are the long ones. ``last`` stand below everything, one below the other."""
    arrows = {arrow for arrow in arrows if not set(arrow) & set(last)}
    depth = _depths(keys, arrows)
    below = _depths(keys, {(end, start) for start, end in arrows})
    lowest = max(depth.values())
    layer: dict[str, int] = {}
    for key in sorted(keys, key=lambda key: depth[key]):
        before = [layer[start] for start, end in arrows if end == key]
        onward = [end for start, end in arrows if start == key]
        highest = max(before, default=-1) + 1
        lower = lowest - below[key]
        layer[key] = lower if len(onward) > len(before) > 0 and lower > highest else highest
    lowest = max((layer[key] for key in keys if key not in last), default=-1)
    return layer | {key: lowest + at for at, key in enumerate(last, start=1)}


def _depths(keys: Sequence[str], arrows: set[Arrow]) -> dict[str, int]:
    """How long the longest way to each is."""
    depth = dict.fromkeys(keys, 0)
    for _ in keys:
        for start, end in arrows:
            depth[end] = max(depth[end], depth[start] + 1)
    return depth
