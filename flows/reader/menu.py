"""What leads from page to page."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from flows.reader import addresses
from flows.reader.library import GUIDES, Leaf, Library


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A link. ``note`` says what is behind it."""

    title: str
    url: str
    current: bool = False
    note: str = ""

    @property
    def label(self) -> SafeString:
        """The title, which may break inside a name of Cognito's: after an underscore, and at a capital."""
        return mark_safe(re.sub(r"(?<=_)|(?<=[a-z])(?=[A-Z])", "<wbr>", escape(self.title)))  # noqa: S308


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """``unfolded`` when the page that is shown is in it."""

    name: str
    items: list[Item]
    unfolded: bool


def item(leaf: Leaf, here: Leaf | None = None) -> Item:
    return Item(title=leaf.title, url=addresses.of_page(leaf), current=leaf is here)


def chapters(library: Library, here: Leaf | None) -> list[Chapter]:
    """Every page but the first."""
    unfolded = here.chapter if here else GUIDES
    return [
        Chapter(name=name, items=[item(leaf, here) for leaf in leaves], unfolded=name == unfolded)
        for name, leaves in library.chapters.items()
    ]


def entry(name: str, note: str) -> Item:
    """A file or folder of the repository."""
    return Item(title=PurePosixPath(name).name, url=addresses.of_source(name), note=note)


def parents(name: str) -> list[Item]:
    """The folders that a file is in, the outermost first."""
    found = [str(parent) for parent in PurePosixPath(name).parents if str(parent) != "."] if name else []
    return [entry(each, "") for each in reversed(found)]
