"""A picture as a file of its own, for other people's documentation: with its style inside, on a ground of its own.

The rules are those of static/flows/diagrams.css, once for each set of colours and without variables, which not every
program that shows SVG knows. Paper is light.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString, mark_safe

from flows.diagrams.markup import element

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_PAIR = re.compile(r"(--d-[\w-]+): var\(--[\w-]+, light-dark\(([^,]+), ([^)]+)\)\);")
_SYSTEM = re.compile(r"(--d-[\w-]+): (\w+);")
_OURS = re.compile(r"var\((--d-[\w-]+)\)")
_THEIRS = re.compile(r"var\(--(?!d-)[\w-]+, ([^()]*)\)")
_DARK = "@media screen and (prefers-color-scheme: dark)"
_FORCED = "@media screen and (forced-colors: active)"


def document(picture: SafeString, *, title: str) -> str:
    """The text of an ``.svg`` file. ``picture`` is what ``flow_map.svg`` or ``sequence.svg`` made."""
    start, inside = picture.split(">", 1)
    width, height = re.findall(r' (?:width|height)="([\d.]+)"', start)
    ground = element("rect", width=width, height=height, rx="8", class_="ground")
    style = mark_safe(f"<style>\n{_style()}\n</style>")  # noqa: S308 - our own file
    root = start.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return f"{root}>\n{element('title', title)}\n{style}\n{ground}{inside}\n"


@cache
def _style() -> str:
    path = finders.find("flows/diagrams.css")
    if path is None:
        raise FileNotFoundError("static/flows/diagrams.css")
    css = re.sub(r"/\*.*?\*/", "", Path(path).read_text(encoding="utf-8"), flags=re.DOTALL)
    rules, _, media = css.partition("@media (forced-colors: active)")
    pairs = _PAIR.findall(rules)
    rules = "svg .ground { fill: var(--d-paper) }" + _THEIRS.sub(r"\1", _PAIR.sub("", rules))
    light, dark = {name: value for name, value, _ in pairs}, {name: value for name, _, value in pairs}
    forced = dict(_SYSTEM.findall(media))
    return "\n".join(
        [
            *(f"{selector} {{ {_coloured(body, light)} }}" for selector, body in _rules(rules)),
            _block(_DARK, _changed(rules, dark)),
            _block(_FORCED, [*_changed(rules, forced), "svg { forced-color-adjust: none }"]),
        ]
    )


def _rules(css: str) -> list[tuple[str, str]]:
    return [(" ".join(selector.split()), " ".join(body.split())) for selector, body in _RULE.findall(css)]


def _changed(css: str, colours: Mapping[str, str]) -> list[str]:
    """The declarations that have to do with colours, in these ones."""
    found = []
    for selector, body in _rules(css):
        declarations = [each.strip() for each in body.split(";") if _OURS.search(each)]
        if declarations:
            found.append(f"{selector} {{ {_coloured('; '.join(declarations), colours)} }}")
    return found


def _coloured(body: str, colours: Mapping[str, str]) -> str:
    return _OURS.sub(lambda found: colours[found[1]], body)


def _block(head: str, rules: list[str]) -> str:
    return "\n".join([f"{head} {{", *rules, "}"])
