"""Markdown that stays what it is meant to be, whatever the values in it say (CommonMark 6.1 and 4.5, GFM).

What is not ours goes into code spans and fences only: nothing in them is markup, a link or somebody's @name.
"""

import json
import re
from typing import Any

# What turns the reading direction around or ends a line where nobody sees it.
_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 ,.:;'()-]|(?<=\w)_(?=\w))*")
_SURROGATES = re.compile("[\ud800-\udfff]")


def prose(text: str) -> str:
    """A sentence as it is, where nothing in it could be markup; else as a span. Not for the beginning of a line."""
    return text if _PLAIN.fullmatch(text) and "www." not in text.lower() else span(text)


def span(text: str) -> str:
    """``text`` in a code span on one line."""
    line = " ".join(_visible(text).split()) or " "
    fence = "`" * (_longest_run(line) + 1)
    padded = f" {line} " if line[0] in "` " or line[-1] in "` " else line
    return f"{fence}{padded}{fence}"


def fenced(text: str, language: str = "") -> str:
    """``text`` as a code block. ``language`` is one of our own words."""
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}{language}\n{_visible(text)}\n{fence}"


def fenced_json(value: Any) -> str:
    return fenced(json.dumps(value, ensure_ascii=False, indent=2), "json")


def _visible(text: str) -> str:
    """JSON's own way to write them, so that a document in a fence stays a document."""
    return _SURROGATES.sub(_escaped, _UNSEEN.sub(_escaped, text))


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)
