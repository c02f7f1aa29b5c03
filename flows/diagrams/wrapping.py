"""Text in lines of a width, without a font to measure it by: wide characters are taken for wide."""

import re
import unicodedata

_WORDS = re.compile(r"\S+?(?:[_./:=-](?=\w{3})|(?=\s)|$)|\s+")
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
            if line and width((line + piece).rstrip()) > most:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
        lines.append(line.rstrip())
    return lines


def _pieces(paragraph: str, most: float) -> list[str]:
    found: list[str] = []
    for piece in _WORDS.findall(paragraph):
        rest = piece
        while width(rest) > most:
            at = next(at for at in range(len(rest), 0, -1) if width(rest[:at]) <= most or at == 1)
            found.append(rest[:at])
            rest = rest[at:]
        found.append(rest)
    return found


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
