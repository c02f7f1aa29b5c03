"""A sequence as SVG: lifelines from top to bottom, arrows between them, what is said above each arrow."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from flows.diagrams.markup import element, number
from flows.diagrams.markup import svg as picture
from flows.diagrams.messages import Message, Note, Sequence
from flows.diagrams.sequence_text import text
from flows.diagrams.wrapping import width, wrap

LEAST = 304.0  # between the outer edges: what a phone of 360 px has room for
_MARGIN = 8.0
_COLUMN = 76.0  # at least, between two lifelines
_HEAD = 28.0
_SPACE = "\N{NO-BREAK SPACE}"
_LINE = 16.0
_INSIDE = 20.0  # left and right of the words of a note
_LOOP = 18.0  # how far a message to oneself goes aside
_WORDS = 208.0  # how wide a message may be however short its arrow is


@dataclass(frozen=True, slots=True)
class _Columns:
    at: dict[str, float]
    total: float


def svg(
    sequence: Sequence, *, title: str, link: Callable[[int], str] | None = None, lit: int | None = None
) -> SafeString:
    """The diagram as inline SVG, 320 px wide for up to four participants, for a page with diagrams.css.

    ``link`` gives the address of the message at an index of ``sequence.messages``, or ""; ``lit`` is such an index.
    """
    columns = _columns(sequence)
    top = _MARGIN + _HEAD + 12
    drawn = []
    for at, (each, count) in enumerate(zip(sequence.messages, sequence.numbers(), strict=True)):
        shapes, height = _message(each, count, columns, top) if isinstance(each, Message) else _note(each, columns, top)
        href = link(at) if link else ""
        state = {"class_": f"message{' lit' if at == lit else ''}", "aria_current": "step" if at == lit else ""}
        drawn.append(element("a" if href else "g", *shapes, href=href, **state))
        top += height
    lines = [
        element("path", d=f"M{number(x)} {number(_MARGIN + _HEAD)}V{number(top + 4)}") for x in columns.at.values()
    ]
    heads = [_head(label, columns.at[key], columns) for key, label in sequence.participants]
    return picture(
        element("g", *lines, class_="lifelines", aria_hidden="true"),
        *heads,
        *drawn,
        width=columns.total,
        height=top + 4 + _MARGIN,
        label=title,
        description="\n".join(text(sequence)),
        class_="sequence",
    )


def _columns(sequence: Sequence) -> _Columns:
    labels = [label for _, label in sequence.participants]
    step = max([_COLUMN, *(width(label) + 20 for label in labels)])
    if len(labels) > 1:
        step = max(step, LEAST / len(labels))
    total = max(step * len(labels), LEAST) + 2 * _MARGIN
    first = (total - step * (len(labels) - 1)) / 2
    return _Columns({key: first + step * at for at, (key, _) in enumerate(sequence.participants)}, total)


def _head(label: str, x: float, columns: _Columns) -> SafeString:
    wide = width(label) + 16
    return element(
        "g",
        element("rect", x=x - wide / 2, y=_MARGIN, width=wide, height=_HEAD, rx=6.0),
        element("text", label, x=x, y=_MARGIN + 18.5, text_anchor="middle"),
        class_="head",
    )


def _message(message: Message, count: int | None, columns: _Columns, top: float) -> tuple[list[SafeString], float]:
    start, end = columns.at[message.sender], columns.at[message.receiver]
    most = min(columns.total - 2 * _MARGIN, max(abs(end - start), _WORDS))
    lines = wrap(f"{count}{_SPACE}{message.text}", most)
    below = top + len(lines) * _LINE + 6
    classes = "arrow reply" if message.reply else "arrow"
    if start == end:
        arrow = [
            element(
                "path", d=f"M{number(start)} {number(below)}h{number(_LOOP)}v12h{number(7 - _LOOP)}", class_=classes
            ),
            element("path", d=f"M{number(start + 1)} {number(below + 12)}l7 -4v8z", class_="tip"),
        ]
        height = below + 12
    else:
        to = 1 if end > start else -1
        arrow = [
            element("path", d=f"M{number(start)} {number(below)}H{number(end - 7 * to)}", class_=classes),
            element("path", d=f"M{number(end - to)} {number(below)}l{-7 * to} -4v8z", class_="tip"),
        ]
        height = below
    words = _words(lines, (start + end) / 2, top, columns)
    return [*words, *arrow], height - top + 16


def _words(lines: list[str], x: float, top: float, columns: _Columns) -> list[SafeString]:
    """Above the middle of the arrow, or as near as the edges of the picture let them be."""
    half = max(map(width, lines)) / 2
    x = min(max(x, _MARGIN + half), columns.total - _MARGIN - half)
    return [
        element(
            "text",
            *_counted(line, first=at == 0),
            x=x,
            y=top + _LINE * (at + 1) - 3,
            text_anchor="middle",
            class_="said",
        )
        for at, line in enumerate(lines)
    ]


def _counted(line: str, *, first: bool) -> list[str]:
    """The number of the message apart from its words."""
    count, space, words = line.partition(_SPACE)
    return [element("tspan", count, class_="count"), space + words] if first and space else [line]


def _note(note: Note, columns: _Columns, top: float) -> tuple[list[SafeString], float]:
    places = [columns.at[key] for key in note.keys]
    middle, span = (min(places) + max(places)) / 2, max(places) - min(places)
    lines = wrap(note.text, min(columns.total - 2 * _MARGIN - _INSIDE, max(span, _WORDS)))
    wide = max(span, *map(width, lines)) + _INSIDE
    left = min(max(middle - wide / 2, _MARGIN), columns.total - _MARGIN - wide)
    height = len(lines) * _LINE + 10
    words = _lines(lines, left + wide / 2, top + 5)
    return [element("rect", x=left, y=top, width=wide, height=height, rx=3.0, class_="note"), *words], height + 12


def _lines(lines: Iterable[str], x: float, top: float) -> list[SafeString]:
    return [
        element("text", line, x=x, y=top + _LINE * (at + 1) - 4, text_anchor="middle") for at, line in enumerate(lines)
    ]
