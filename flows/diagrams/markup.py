"""SVG, piece by piece. Whatever goes in as text comes out escaped; nothing is drawn by a style attribute (CSP)."""

import re
from collections.abc import Iterable

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

Attribute = str | float | None


# What XML 1.0 cannot hold, not even escaped (section 2.2, "Char").
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def element(name: str, *children: str, **attributes: Attribute) -> SafeString:
    """``<name …>children</name>``. ``text_anchor`` is written ``text-anchor`` and ``class_`` ``class``; an attribute
    that is None or empty is left out. Children that are no SafeString are escaped."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_escaped(_text(value))}"'
        for key, value in attributes.items()
        if value is not None and value != ""
    )
    inside = "".join(map(_escaped, children))
    return mark_safe(f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>")  # noqa: S308


def joined(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(map(_escaped, parts)))  # noqa: S308


def svg(*children: str, width: float, height: float, label: str, description: str, class_: str) -> SafeString:
    """The picture: a group of things that can be read one by one, and links among them. Its name is an attribute, for
    a ``title`` element would pop up under every pointer; stand-alone files get one."""
    return element(
        "svg",
        element("desc", description),
        *children,
        class_=class_,
        viewBox=f"0 0 {_text(width)} {_text(height)}",
        width=width,
        height=height,
        role="group",
        aria_label=label,
    )


def number(value: float) -> str:
    """Without digits that nobody sees."""
    return f"{value:.1f}".removesuffix(".0")


def _escaped(text: str) -> str:
    return conditional_escape(
        text if isinstance(text, SafeString) else _NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", text)
    )


def _text(value: str | float) -> str:
    return value if isinstance(value, str) else number(value)
