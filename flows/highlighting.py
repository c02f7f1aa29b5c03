"""Code with its kinds of words told apart: comment, string, value, keyword, name. Pygments reads, the looks are ours.

The text stays what it is, to the last character: nothing but ``<span>`` comes between. What no lexer is known for, and
what is too long to be read for its looks, stays plain. The colours are in static/flows/highlighting.css.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Generic, Keyword, Literal, Name, Number, Operator, String, Text, Token

# What pages call a language -> what Pygments does. Templates may be in any HTML.
LEXERS: Mapping[str, str] = {
    "css": "css",
    "dockerfile": "docker",
    "hcl": "terraform",
    "html": "html+django",
    "javascript": "javascript",
    "js": "javascript",
    "json": "json",
    "markdown": "markdown",
    "python": "python",
    "sh": "sh",
    "yaml": "yaml",
}
# A type of Pygments -> our kind, which is a class hl-<kind>; what is not here has that of its parent.
KINDS: Mapping[Any, str] = {
    Token: "",
    Comment: "comment",
    Comment.Preproc: "keyword",  # the braces of a template's tag
    String: "string",
    String.Doc: "comment",
    Literal: "string",
    Number: "value",
    Keyword: "keyword",
    Keyword.Constant: "value",
    Operator.Word: "keyword",
    Name.Attribute: "name",
    Name.Builtin: "name",
    Name.Builtin.Pseudo: "",
    Name.Class: "name",
    Name.Constant: "value",
    Name.Decorator: "name",
    Name.Exception: "name",
    Name.Function: "name",
    Name.Namespace: "",
    Name.Tag: "name",
    Name.Variable: "value",
    Generic.Heading: "keyword",
    Generic.Subheading: "keyword",
}
# Characters of a text, and of a line: for some lines a lexer takes the square of their length, and more.
MOST, LONGEST = 60_000, 1_500

Piece = tuple[str, str]  # a kind, or "", and text

_CALLABLE = {Name, Name.Other}
_OPTION = re.compile(r"--?[A-Za-z]")


def highlighted(text: str, language: str, *, blanks: Iterable[str] = ()) -> SafeString:
    """``text`` as HTML. A blank is what the reader is to fill in: it stands as ``<blank>`` in a string."""
    pieces = _pieces(text, language)
    if names := "|".join(map(re.escape, blanks)):
        pieces = tuple(_with_blanks(pieces, re.compile(f"(<(?:{names})>)")))
    return mark_safe("".join(_html(*piece) for piece in pieces))  # noqa: S308 - of escaped text


def highlighted_lines(lines: Sequence[str], language: str) -> list[SafeString]:
    """The same line by line, each closed on its own: what goes over several lines is marked in each of them."""
    rows: list[list[str]] = [[]]
    for kind, text in _pieces("\n".join(lines), language):
        first, *others = text.split("\n")
        rows[-1].append(_html(kind, first))
        rows += ([_html(kind, other)] for other in others)
    return [mark_safe("".join(row)) for row in rows][: len(lines)]  # noqa: S308 - of escaped text


def _html(kind: str, text: str) -> str:
    return f'<span class="hl-{kind}">{escape(text)}</span>' if kind and text else escape(text)


def _with_blanks(pieces: Iterable[Piece], blank: re.Pattern[str]) -> Iterator[Piece]:
    for kind, text in pieces:
        for at, part in enumerate(blank.split(text) if kind == "string" else [text]):
            yield "blank" if at % 2 else kind, part


@lru_cache(maxsize=256)
def _pieces(text: str, language: str) -> tuple[Piece, ...]:
    """As few as there can be. A lexer that changes the text is not listened to."""
    if language not in LEXERS or len(text) > MOST or max(map(len, text.split("\n"))) > LONGEST:
        return (("", text),)
    runs = groupby(_read(text, language), key=itemgetter(0))
    pieces = tuple((kind, "".join(part for _, part in run)) for kind, run in runs)
    return pieces if "".join(part for _, part in pieces) == text else (("", text),)


def _read(text: str, language: str) -> Iterator[Piece]:
    """Unprocessed: what Pygments does to a text before it reads it would change it."""
    for start, kind, part in get_lexer_by_name(LEXERS[language]).get_tokens_unprocessed(text):
        called = kind in _CALLABLE and text.startswith("(", start + len(part))
        option = kind is Text and _OPTION.match(part)
        yield "name" if called or option else _kind(kind), part


@cache
def _kind(kind: Any) -> str:
    while kind not in KINDS:
        kind = kind.parent
    return KINDS[kind]
