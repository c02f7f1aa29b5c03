"""What a search found, as text with marks: HTML in which nothing but the marks is markup."""

import re
from collections.abc import Iterator, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

BEFORE, LENGTH = 70, 230  # characters of a snippet: as many before its first mark, as many in all


def marked(text: str, words: Sequence[str]) -> SafeString:
    """The whole text."""
    return format_html_join("", "{}", ((piece,) for piece in _pieces(text, words)))


def snippet(text: str, words: Sequence[str]) -> SafeString:
    """As much of a text as shows the first of the words."""
    first = _pattern(words).search(text)
    start = _word_after(text, first.start() - BEFORE) if first and first.start() > BEFORE else 0
    end = start + LENGTH
    cut = text[start:] if len(text) <= end else f"{text[start : _word_before(text, end)]} …"
    return marked(f"… {cut}" if start else cut, words)


def _pieces(text: str, words: Sequence[str]) -> Iterator[str]:
    place = 0
    for match in _pattern(words).finditer(text):
        yield text[place : match.start()]
        yield format_html("<mark>{}</mark>", match[0])
        place = match.end()
    yield text[place:]


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    """A word, or the beginning of one, or of a part of a name: after ``_``, or at a capital inside."""
    kinds = (rf"(?<![^\W_])(?i:{re.escape(word)})|(?<=[a-z0-9]){re.escape(word.capitalize())}" for word in words)
    return re.compile("|".join(kinds))


def _word_after(text: str, place: int) -> int:
    return text.find(" ", place) + 1


def _word_before(text: str, place: int) -> int:
    return max(text.rfind(" ", 0, place), 0) or place
