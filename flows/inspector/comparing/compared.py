"""What a comparison comes to, in a few sentences."""

from collections import Counter
from collections.abc import Iterator, Sequence

from flows.inspector.comparing.comparison import Row
from flows.inspector.entries import TOKENS, Call
from flows.inspector.models import Run
from flows.inspector.telling import endings, words


def sentences(left: Run, right: Run, rows: Sequence[Row]) -> list[str]:
    """``rows`` are ``comparison.rows`` of the two."""
    one = [row.left.call for row in rows if row.left]
    other = [row.right.call for row in rows if row.right]
    return [
        _what(left, right),
        _how_far(rows),
        *_more(_asked(one), _asked(other), "was asked for {} in addition"),
        *_more(_errors(one), _errors(other), "was refused with {}"),
        *_more(_called(one), _called(other), "alone had {} called"),
        _ends(one, other),
        f"The pool took {_time(one)} for the first one and {_time(other)} for the second.",
    ]


def _what(left: Run, right: Run) -> str:
    if (left.flow, left.username) == (right.flow, right.username):
        return f"Both are {_named(left)}."
    return f"The first one is {_named(left)}, the second {_named(right)}."


def _named(run: Run) -> str:
    return f"{run.flow} as {run.username}" if run.username else run.flow


def _how_far(rows: Sequence[Row]) -> str:
    """Up to where they went the same way; and whether what they said on it was the same, too."""
    together = 0
    for row in rows:
        if not row.both or len({(call.operation, words.outcome(call)) for call in row.both}) > 1:
            break
        together += 1
    if together < len(rows):
        return f"They went the same way for {_calls(together)}, then parted." if together else "They part at once."
    if all(row.is_alike for row in rows):
        return "Call by call they are the same, but for what changes every time."
    return "They went the same way, call by call, with other values in it."


def _calls(count: int) -> str:
    return "the first call" if count == 1 else f"the first {count} calls"


def _more(one: Counter[str], other: Counter[str], saying: str) -> Iterator[str]:
    for which, more in (("first", one - other), ("second", other - one)):
        if more:
            yield f"The {which} one {saying.format(words.listed([_times(*each) for each in more.items()]))}."


def _times(name: str, times: int) -> str:
    return name if times == 1 else f"{name} ({times} times)"


def _asked(calls: Sequence[Call]) -> Counter[str]:
    return Counter(call.asked for call in calls if call.asked not in ("", TOKENS))


def _errors(calls: Sequence[Call]) -> Counter[str]:
    return Counter(call.error for call in calls if call.error)


def _called(calls: Sequence[Call]) -> Counter[str]:
    return Counter(trigger.trigger for call in calls for trigger in call.triggers)


def _ends(one: Sequence[Call], other: Sequence[Call]) -> str:
    first, second = endings.of(one), endings.of(other)
    if first == second:
        return f"Both ended alike: {first}."
    return f"In the end: the first one {_ended(first)}, the second {_ended(second)}."


def _ended(ending: endings.Ending) -> str:
    return {"tokens": "is signed in", "refused": "was refused with ", "waits": "waits for ", "done": "is done"}[
        ending.kind
    ] + ending.name


def _time(calls: Sequence[Call]) -> str:
    return f"{sum(call.milliseconds for call in calls):.0f} ms"
