"""What a stack hands to the page: code, and how its blanks are filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flows.inspector.code.literals import JAVASCRIPT, JSON, PYTHON, Syntax, literal
from flows.inspector.code.sources import Excerpt

SHELL = "sh"
_SYNTAX: Mapping[str, Syntax] = {"python": PYTHON, "javascript": JAVASCRIPT, SHELL: JSON}
FILL_IN = "Fill in what stands in angle brackets: the inspector does not keep it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """``language`` is that of ``text``: python, javascript or sh. ``blanks`` are the labels to fill in;
    ``excerpts`` are what the text is made of, where that is code of this project."""

    slug: str
    label: str
    language: str
    text: str
    note: str = ""
    blanks: tuple[str, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()

    @property
    def places(self) -> tuple[Excerpt, ...]:
        """The excerpts that can be read in their files; none where the docs are no part of the site."""
        return tuple(each for each in self.excerpts if each.url)

    def filled_in(self, values: Mapping[str, Any]) -> str:
        """The code with its JSON value for every blank, by label. Raises ``KeyError`` for one that is missing."""
        if not self.blanks:
            return self.text
        one_of = "|".join(re.escape(label) for label in self.blanks)
        return re.sub(rf"([\"'])<({one_of})>\1", lambda found: self._value(found[1], values[found[2]]), self.text)

    def _value(self, quote: str, value: Any) -> str:
        """In the shell, where everything is in single quotes, double ones are those of JSON."""
        if quote == "'":
            return shell_quoted(str(value))
        written = literal(value, _SYNTAX[self.language])
        return in_shell_quotes(written) if self.language == SHELL else written


def shell_quoted(value: str) -> str:
    """A word of a POSIX shell in single quotes, within which nothing is special but their end."""
    return f"'{in_shell_quotes(value)}'"


def in_shell_quotes(value: str) -> str:
    return value.replace("'", "'\\''")
