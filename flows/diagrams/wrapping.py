"""Text in lines of a width, without a font to measure it by: wide characters are taken for wide."""

import re
import unicodedata
from collections.abc import Iterator

_WORDS = re.compile(r"[^ \t]+|[ \t]+")
_BREAKS = frozenset("_./:=,-")
_NARROW = frozenset("iljtfrI.,:;'|!()[] ")
_WIDE = frozenset("mwMW@%")
SIZE = 12.0  # pixels


def width(text: str) -> float:
    """About as many pixels as ``text`` takes at 12 px in a sans-serif font; rather more than less."""
    return sum(map(_width, text))


def wrap(text: str, most: float) -> list[str]:
    """Lines of at most ``most`` pixels. Breaks at blanks, inside long words after ``_`` and the like, and anywhere
    when nothing else helps."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for piece in _pieces(paragraph, most):
            if line and width((line + piece).rstrip(" \t")) > most:
                lines.append(line.rstrip(" \t"))
                line = piece.lstrip(" \t")
            else:
                line += piece
        lines.append(line.rstrip(" \t"))
    return lines


def _pieces(paragraph: str, most: float) -> Iterator[str]:
    for word in _WORDS.findall(paragraph):
        yield from [word] if width(word) <= most else _parts(word, most)


def _parts(word: str, most: float) -> Iterator[str]:
    """As much as a line holds, up to the last good place to break, if there is one."""
    start, room = 0, most
    good = 0
    for at, character in enumerate(word):
        room -= _width(character)
        if room < 0 and at > start:
            end = good if good > start else at
            yield word[start:end]
            start, room = end, most - width(word[end : at + 1])
        if character in _BREAKS:
            good = at + 1
    yield word[start:]


def _width(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return SIZE * 1.05
    if unicodedata.combining(character):
        return 0.0
    if character in _NARROW:
        return SIZE * 0.36
    if character in _WIDE:
        return SIZE * 0.95
    return SIZE * (0.72 if character.isupper() else 0.58)
