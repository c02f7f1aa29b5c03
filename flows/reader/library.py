"""The pages of docs/: which there are, what they are called, and in what order they are read."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path, PurePosixPath
from posixpath import dirname, join, normpath

from django.conf import settings

FOLDER = "docs"
INDEX = "docs/index.md"
# Folders that are a chapter of their own. Pages of any other folder, and of none, are guides.
CHAPTERS = {"flows": "Flows", "steps": "Steps", "protocol": "Protocol", "adr": "Decisions"}
GUIDES = "Guides"
IMAGES = {".png": "image/png", ".svg": "image/svg+xml", ".webp": "image/webp"}

_LINK = re.compile(r"\]\(([^)\s#]+)")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TITLE = re.compile(r"^# +(.+?) *$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A page as it is written.

    ``path`` is its place below /docs/ ("steps/email-otp", "" for the index), ``file`` its place in the repository,
    ``title`` its first heading in plain text, ``text`` its Markdown.
    """

    path: str
    file: str
    title: str
    text: str

    @property
    def chapter(self) -> str:
        return CHAPTERS.get(self.path.partition("/")[0], GUIDES)


@dataclass(frozen=True, eq=False, kw_only=True)
class Library:
    """All pages in the order of reading, the index first. Empty where docs/ was not installed."""

    leaves: tuple[Leaf, ...]
    images: frozenset[str]

    @cached_property
    def by_path(self) -> dict[str, Leaf]:
        return {leaf.path: leaf for leaf in self.leaves}

    @cached_property
    def by_file(self) -> dict[str, Leaf]:
        """With folders too: ``docs/steps`` is the page that stands for it."""
        folders = {normpath(join(FOLDER, leaf.path)): leaf for leaf in self.leaves}
        return folders | {leaf.file: leaf for leaf in self.leaves}

    @cached_property
    def chapters(self) -> dict[str, list[Leaf]]:
        found: dict[str, list[Leaf]] = {name: [] for name in (GUIDES, *CHAPTERS.values())}
        for leaf in self.leaves:
            if leaf.path:
                found[leaf.chapter].append(leaf)
        return {name: leaves for name, leaves in found.items() if leaves}

    def neighbours(self, leaf: Leaf) -> tuple[Leaf | None, Leaf | None]:
        """What stands before and after it in the menu."""
        order = [self.leaves[0], *(each for leaves in self.chapters.values() for each in leaves)]
        here = order.index(leaf)
        return order[here - 1] if here else None, order[here + 1] if here + 1 < len(order) else None


def current() -> Library:
    """Read once per process, and again when a page has changed while DEBUG is on."""
    root = Path(settings.BASE_DIR)
    return _read(root, _newest(root) if settings.DEBUG else (0, 0))


def path_of(file: str) -> str:
    """Where a file of docs/ is found below /docs/. A README stands for its folder."""
    path = file.removeprefix(f"{FOLDER}/").removesuffix(".md")
    return "" if path in {"index", "README"} else path.removesuffix("/README")


@lru_cache(maxsize=4)
def _read(root: Path, _changed: tuple[int, int]) -> Library:
    texts = {_name(root, file): file.read_text(encoding="utf-8") for file in _files(root, {".md"})}
    texts |= {f"{folder}/README.md": _listing(folder, texts) for folder in _without_readme(texts)}
    leaves = tuple(
        Leaf(path=path_of(file), file=file, title=_title(texts[file]) or path_of(file), text=texts[file])
        for file in _in_order(texts)
    )
    return Library(leaves=leaves, images=frozenset(_name(root, file) for file in _files(root, set(IMAGES))))


def _files(root: Path, suffixes: set[str]) -> list[Path]:
    """Plain files only: a link could lead out of the folder."""
    found = (path for path in (root / FOLDER).rglob("*") if path.suffix in suffixes)
    return sorted(path for path in found if path.is_file() and not path.is_symlink() and "/." not in _name(root, path))


def _newest(root: Path) -> tuple[int, int]:
    times = [path.stat().st_mtime_ns for path in _files(root, {".md", *IMAGES})]
    return max(times, default=0), len(times)


def _name(root: Path, file: Path) -> str:
    return file.relative_to(root).as_posix()


def _title(text: str) -> str:
    """The first heading, without the marks of code and emphasis."""
    found = _TITLE.search(_FENCE.sub("", text))
    return re.sub(r"[`*]", "", found[1]) if found else ""


def _without_readme(texts: Iterable[str]) -> list[str]:
    """Folders that need a page: their own is missing, and no page of the same name stands beside them."""
    folders = sorted({dirname(file) for file in texts} - {FOLDER})
    return [folder for folder in folders if not {f"{folder}/README.md", f"{folder}.md"} & set(texts)]


def _listing(folder: str, texts: dict[str, str]) -> str:
    name = PurePosixPath(folder).name
    inside = {PurePosixPath(file).name: _title(text) for file, text in texts.items() if dirname(file) == folder}
    rows = (f"| [{title}]({file}) |" for file, title in inside.items())
    return "\n".join([f"# {CHAPTERS.get(name, name.capitalize())}", "", "| page |", "|---|", *rows, ""])


def _in_order(texts: dict[str, str]) -> list[str]:
    """The index, then as it links to them, each folder where the index links to it; at last whatever it forgot."""
    order = dict.fromkeys(_linked(INDEX, texts)) if INDEX in texts else {}
    return [*dict.fromkeys((*([INDEX] if INDEX in texts else []), *order, *texts))]


def _linked(file: str, texts: dict[str, str]) -> Iterator[str]:
    """What a page links to, and of a folder all that is in it."""
    for target in _LINK.findall(_COMMENT.sub("", texts[file])):
        goal = normpath(join(dirname(file), target))
        readme = f"{goal}/README.md"
        if readme in texts:
            yield readme
            yield from (each for each in _linked(readme, texts) if dirname(each) == goal)
            yield from (each for each in texts if dirname(each) == goal)
        elif goal in texts:
            yield goal
