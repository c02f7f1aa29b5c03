"""This run against that one: which call of the one is which of the other, and in what they differ."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from flows.inspector.comparing import differences
from flows.inspector.comparing.differences import Differences
from flows.inspector.entries import Call
from flows.inspector.telling import words

_Pair = tuple[int | None, int | None]
# What makes two calls the same one, the strictest first. What one of them leaves unpaired goes by the next.
_LIKENESSES: tuple[Callable[[Call], tuple[str, ...]], ...] = (
    lambda call: (call.operation, words.answered(call), words.outcome(call)),
    lambda call: (call.operation, words.answered(call)),
    lambda call: (call.operation,),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A call and its number in its run."""

    number: int
    call: Call


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What stands side by side; None where a run has nothing of the kind."""

    left: Side | None
    right: Side | None
    differences: Differences

    @property
    def both(self) -> tuple[Call, Call] | None:
        return (self.left.call, self.right.call) if self.left and self.right else None

    @property
    def is_alike(self) -> bool:
        """Whether nothing differs but what does so each time."""
        return self.both is not None and not self.differences.meaning


def rows(left: Sequence[Call], right: Sequence[Call], *, same_user: bool) -> tuple[Row, ...]:
    """Both runs, call by call. ``same_user``: see ``differences.between``."""
    return tuple(
        Row(
            left=_side(left, one),
            right=_side(right, other),
            differences=(
                Differences()
                if one is None or other is None
                else differences.between(left[one], right[other], same_user=same_user)
            ),
        )
        for one, other in _aligned(left, right, range(len(left)), range(len(right)), 0)
    )


def _aligned(left: Sequence[Call], right: Sequence[Call], one: range, other: range, strictness: int) -> Iterator[_Pair]:
    """Pairs of places within the ranges ``one`` of ``left`` and ``other`` of ``right``, in order."""
    if strictness == len(_LIKENESSES) or not one or not other:
        yield from ((at, None) for at in one)
        yield from ((None, at) for at in other)
        return
    like = _LIKENESSES[strictness]
    matcher = SequenceMatcher(None, [like(left[at]) for at in one], [like(right[at]) for at in other], autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(one[i:j], other[k:m], strict=True)
        else:
            yield from _aligned(left, right, one[i:j], other[k:m], strictness + 1)


def _side(calls: Sequence[Call], at: int | None) -> Side | None:
    return None if at is None else Side(number=at + 1, call=calls[at])
