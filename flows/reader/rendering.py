"""Markdown to HTML: CommonMark with tables, without HTML of its own, and without inline style (the CSP forbids it)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from flows.highlighting import highlighted
from flows.reader import addresses, drawings
from flows.reader.library import Leaf, Library
from flows.reader.sections import DRAWN, Section, give_anchors, plain, sections

_FILE = re.compile(r"[\w/-]+(?:\.md|/)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """``heading`` and ``body`` are HTML: the text of the first heading, and all that follows it."""

    heading: SafeString
    body: SafeString
    sections: tuple[Section, ...]


class Renderer(RendererHTML):
    """Its methods are named after the tokens that they render; ``env`` knows the nearest heading."""

    def heading_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        env["heading"] = plain(tokens[idx + 1])
        return str(self.renderToken(tokens, idx, options, env))

    def heading_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        link = format_html(
            ' <a class="anchor" href="#{}" aria-label="Link to this heading">#</a>', tokens[idx - 2].attrGet("id") or ""
        )
        return f"{link}{self.renderToken(tokens, idx, options, env)}"

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        language = token.info.strip()
        if language == DRAWN and (drawing := drawings.drawn(token.content, title=_caption(env))):
            return drawing
        return format_html(
            '<pre class="code" tabindex="0" role="group" aria-label="{}"><code>{}</code></pre>\n',
            f"Code, {language}" if language else "Code",
            highlighted(token.content, language),
        )

    code_block = fence

    def code_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        code = format_html("<code>{}</code>", tokens[idx].content)
        href = tokens[idx].meta.get("href")
        return format_html('<a href="{}">{}</a>', href, code) if href else code

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return format_html('<div class="scroll" tabindex="0" role="group" aria-label="{}">\n<table>\n', _caption(env))

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</table>\n</div>\n"

    def html_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Comments vanish, everything else is text."""
        text = _COMMENT.sub("", tokens[idx].content).strip()
        return format_html("<p>{}</p>\n", text) if text else ""

    def html_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return escape(_COMMENT.sub("", tokens[idx].content))


_MARKDOWN = MarkdownIt("commonmark").enable("table")
_RENDERER = Renderer()


@lru_cache(maxsize=256)
def written(leaf: Leaf, library: Library) -> Written:
    """Rendered once, as long as neither it nor the library changes."""
    tokens = parsed(leaf)
    _aim(tokens, leaf, library)
    _call_by_title(tokens, leaf, library)
    _align(tokens)
    env: dict[str, Any] = {"heading": leaf.title}
    heading, rest = "", tokens
    if tokens and tokens[0].tag == "h1":  # the page's frame has it
        heading, rest = _RENDERER.renderInline(tokens[1].children or [], _MARKDOWN.options, env), tokens[3:]
    body = _RENDERER.render(rest, _MARKDOWN.options, env)
    # Everything above escapes what it is given.
    return Written(
        heading=mark_safe(heading or escape(leaf.title)),  # noqa: S308
        body=mark_safe(body),  # noqa: S308
        sections=tuple(sections(tokens)),
    )


def parsed(leaf: Leaf) -> list[Token]:
    """With an id for each heading."""
    tokens = [token for token in _MARKDOWN.parse(leaf.text) if not _is_only_comment(token)]
    give_anchors(tokens)
    return tokens


def _aim(tokens: Sequence[Token], leaf: Leaf, library: Library) -> None:
    """Links, pictures and names of files lead to addresses of this site, or nowhere when it lacks what they mean."""
    for inline in tokens:
        linked = False
        for token in inline.children or []:
            if token.type == "link_open":
                _lead(token, "href", leaf, library)
                linked = True
            elif token.type == "link_close":
                linked = False
            elif token.type == "image":
                _lead(token, "src", leaf, library)
                token.attrSet("loading", "lazy")
            elif token.type == "code_inline" and not linked:
                token.meta["href"] = addresses.of_name(token.content)


def _call_by_title(tokens: Sequence[Token], leaf: Leaf, library: Library) -> None:
    """In a repository a link may be called after its file; here the page's title says more."""
    for inline in tokens:
        children = inline.children or []
        for link, text in pairwise(children):
            if link.type == "link_open" and text.type == "text" and _FILE.fullmatch(text.content):
                text.content = addresses.title_of(text.content, leaf=leaf, library=library) or text.content


def _lead(token: Token, attribute: str, leaf: Leaf, library: Library) -> None:
    address = addresses.of_link(str(token.attrs.pop(attribute, "")), leaf=leaf, library=library)
    if address:
        token.attrSet(attribute, address)


def _align(tokens: Sequence[Token]) -> None:
    """Columns are aligned by class: markdown-it writes a style attribute."""
    for token in tokens:
        if style := token.attrs.pop("style", None):
            token.attrSet("class", str(style).removeprefix("text-align:"))


def _is_only_comment(token: Token) -> bool:
    return token.type == "html_block" and not _COMMENT.sub("", token.content).strip()


def _caption(env: EnvType) -> str:
    return str(env["heading"])
