"""Where a link of a page leads when the page is shown here instead of in the repository."""

import re
from posixpath import dirname, join, normpath

from django.urls import reverse

from flows.reader import source
from flows.reader.library import FOLDER, Leaf, Library

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def of_page(leaf: Leaf) -> str:
    return reverse("docs-page", kwargs={"path": leaf.path}) if leaf.path else reverse("docs")


def of_source(name: str) -> str:
    """``name`` is a file or folder of the repository."""
    return reverse("docs-source", kwargs={"path": name})


def of_link(href: str, *, leaf: Leaf, library: Library) -> str:
    """A link of ``leaf`` as an address of this site; other sites' as they are; "" for what is not installed here."""
    if _ELSEWHERE.match(href) or href.startswith("#"):
        return href
    target, hash_mark, fragment = href.partition("#")
    goal = normpath(join(dirname(leaf.file), target))
    return f"{found}{hash_mark}{fragment}" if (found := _address(goal, library)) else ""


def title_of(href: str, *, leaf: Leaf, library: Library) -> str:
    """What the page is called that a link of ``leaf`` leads to; "" for anything else."""
    found = library.by_file.get(normpath(join(dirname(leaf.file), href)))
    return found.title if found else ""


def of_name(text: str) -> str:
    """A file that a text names, as ``flows/terms.py`` or ``flows/terms.py:AuthFlow``; "" for any other text."""
    name = text.partition(":")[0].removesuffix("/")
    return of_source(name) if "/" in name and source.is_shown(name) else ""


def _address(goal: str, library: Library) -> str:
    if goal in library.by_file:
        return of_page(library.by_file[goal])
    if goal in library.images:
        return reverse("docs-page", kwargs={"path": goal.removeprefix(f"{FOLDER}/")})
    return of_source(goal) if source.is_shown(goal) else ""
