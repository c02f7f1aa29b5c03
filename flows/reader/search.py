"""Finds sections of the docs by words.

A section is found when every word of the query stands in it, in its page's title or in its address. What counts is
where: title before heading before text; and how: the whole word before its beginning, before a part of a name such as
``VERIFIER`` of ``PASSWORD_VERIFIER``.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from flows.reader.library import Leaf, Library
from flows.reader.rendering import parsed
from flows.reader.sections import Section, sections

MOST_CHARACTERS = 100
MOST_WORDS = 8
MOST_RESULTS = 20
MOST_OF_A_PAGE = 3

TITLE, HEADING, TEXT = 30.0, 12.0, 2.0
WHOLE, BEGINNING, PART = 1.0, 0.6, 0.4

_WORD = re.compile(r"\w+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What was asked, and the words of it in lower case. Without words nothing is searched."""

    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    leaf: Leaf
    section: Section
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """How often each word is in a text, and of which parts its words are made, in lower case."""

    words: Counter[str]
    parts: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A section, and the fields in which its words are counted."""

    leaf: Leaf
    section: Section
    title: Field
    heading: Field
    text: Field


def query(text: str) -> Query:
    """A visitor's text, cut to what a search can need."""
    short = " ".join(text[:MOST_CHARACTERS].replace("\0", "").split())
    words = dict.fromkeys(word for word in _WORD.findall(short.lower()) if word.strip("_"))
    return Query(text=short, words=tuple(words)[:MOST_WORDS])


def search(asked: Query, library: Library) -> list[Result]:
    """The best first, at most ``MOST_RESULTS``."""
    if not asked.words:
        return []
    found = [result for entry in _index(library) if (result := _judge(entry, asked))]
    found.sort(key=lambda result: -result.score)
    pages: Counter[str] = Counter()
    results = []
    for result in found:
        pages[result.leaf.path] += 1
        if pages[result.leaf.path] <= MOST_OF_A_PAGE:
            results.append(result)
    return results[:MOST_RESULTS]


@lru_cache(maxsize=2)
def _index(library: Library) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            leaf=leaf,
            section=section,
            title=_field(f"{leaf.title} {leaf.path} {leaf.path.replace('-', '_')}"),  # EMAIL_OTP is in steps/email-otp
            heading=_field(section.heading if section.level > 1 else ""),
            text=_field(section.text),
        )
        for leaf in library.leaves
        for section in sections(parsed(leaf))
    )


def _field(text: str) -> Field:
    words = _WORD.findall(text)
    parts = frozenset(part for word in words for part in _CAMEL.sub("_", word).lower().split("_"))
    return Field(words=Counter(word.lower() for word in words), parts=parts)


def _likeness(word: str, field: Field) -> float:
    """0 when it is not there, more than 1 when it is there more than once."""
    if times := field.words[word]:
        return WHOLE + min(times - 1, 5) / 10
    if any(each.startswith(word) for each in field.words):
        return BEGINNING
    return PART if any(each.startswith(word) for each in field.parts) else 0.0


def _judge(entry: Entry, asked: Query) -> Result | None:
    """All words, or none. The title speaks for the page's first section, and for the others only a little."""
    first = entry.section.level == 1
    weights = ((entry.title, TITLE if first else 1.0), (entry.heading, HEADING), (entry.text, TEXT))
    score = 0.0
    for word in asked.words:
        best = max(weight * _likeness(word, words) for words, weight in weights)
        if not best:
            return None
        score += best
    return Result(leaf=entry.leaf, section=entry.section, score=score + _as_asked(entry, asked.text.lower()))


def _as_asked(entry: Entry, text: str) -> float:
    """What it is worth that the words stand together as they were asked."""
    first = entry.section.level == 1
    places = ((entry.leaf.title if first else "", TITLE), (entry.section.heading, HEADING), (entry.section.text, TEXT))
    return max(weight if text in place.lower() else 0.0 for place, weight in places)
