"""A page in sections, each from one heading to the next: for "on this page", and for the search."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it.token import Token

_READ = {"softbreak": " ", "hardbreak": " ", "html_inline": ""}  # other marks have no content
DRAWN = "mermaid"  # the language of code that is shown as a drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """``level`` is 1 for the page's title. ``anchor`` is the heading's id, ``text`` what stands below it, plain."""

    level: int
    heading: str
    anchor: str
    text: str


def anchor(heading: str) -> str:
    """As GitHub makes it from the text of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def plain(inline: Token) -> str:
    """What a person reads in a line of Markdown."""
    if inline.children is None:
        return inline.content
    return "".join(_READ.get(child.type, child.content) for child in inline.children).strip()


def give_anchors(tokens: Sequence[Token]) -> None:
    """Each heading gets its id. The second of the same name gets "-1" behind it, as on GitHub."""
    seen: dict[str, int] = {}
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            name = anchor(plain(inline))
            seen[name] = seen.get(name, -1) + 1
            token.attrSet("id", f"{name}-{seen[name]}" if seen[name] else name)


def sections(tokens: Sequence[Token]) -> Iterator[Section]:
    """``tokens`` have their anchors. What stands before the first heading belongs to no section."""
    starts = [place for place, token in enumerate(tokens) if token.type == "heading_open"]
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        heading = tokens[start]
        texts = [text for token in tokens[start + 2 : end] if (text := _text(token))]
        text = re.sub(r"^(?:· )+|(?: ·)+(?= ·|$)", "", " ".join(texts))  # of empty cells, and of the last one
        yield Section(
            level=int(heading.tag[1:]),
            heading=plain(tokens[start + 1]),
            anchor=str(heading.attrGet("id") or ""),
            text=text,
        )


def _text(token: Token) -> str:
    if token.type == "inline":
        return plain(token)
    if token.type in {"th_close", "td_close"}:
        return "·"
    code = token.type in {"fence", "code_block"} and token.info.strip() != DRAWN
    return " ".join(token.content.split()) if code else ""
