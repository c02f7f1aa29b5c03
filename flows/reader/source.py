"""The repository's own files, to be read beside the docs that speak of them.

What can be shown is a list that is made before anybody asks: files of these folders, with these endings. A request is
looked up in it as text and never becomes a path, so there is nothing to traverse (T158). Data, settings and secrets are
not in these folders, or do not end like this.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from posixpath import dirname

from django.conf import settings

SHOWN = {
    "authsite": {".py"},
    "deploy": {".py", ".yaml", "Caddyfile", "Dockerfile"},
    "docs": {".md"},
    "flows": {".py"},
    "static": {".css", ".mjs"},
    "templates": {".html"},
    "tests": {".json", ".mjs", ".py"},
}
LANGUAGES = {  # as flows.highlighting calls them; a Caddyfile's is none of Pygments'
    ".css": "css",
    ".html": "html",
    ".json": "json",
    ".md": "markdown",
    ".mjs": "javascript",
    ".py": "python",
    ".yaml": "yaml",
    "Dockerfile": "dockerfile",
}
NEVER_ENTERED = {"node_modules", "secrets", "var"}  # besides what begins with a dot or an underscore
MOST = 300_000  # bytes; our largest is a third of it

_DOCSTRING = re.compile(r'\A(?:#!.*\n)?(?:""")(.+?)(?:"""|\n\n|\Z)', re.DOTALL)


@dataclass(frozen=True, eq=False, kw_only=True)
class Shown:
    """Names in the repository, of files with where they are."""

    files: dict[str, Path]
    folders: frozenset[str]


def is_shown(name: str) -> bool:
    """Whether it is a file, or a folder with files, that anybody may read."""
    shown = _listed()
    return name in shown.files or name in shown.folders


def is_file(name: str) -> bool:
    return name in _listed().files


def read(name: str) -> list[str]:
    """The lines of a file. KeyError when it is none of those that are shown."""
    return _listed().files[name].read_text(encoding="utf-8", errors="replace").splitlines()


def language(name: str) -> str:
    """What a file of that name is written in; "" where nobody can tell."""
    path = PurePosixPath(name)
    return LANGUAGES.get(path.suffix or path.name, "")


def entries(folder: str) -> list[tuple[str, str]]:
    """What is in a folder ("" is the repository): (name in the repository, what it says of itself), folders first."""
    shown = _listed()
    folders = sorted(name for name in shown.folders if dirname(name) == folder)
    files = sorted(name for name in shown.files if dirname(name) == folder)
    return [(name, _summary(f"{name}/__init__.py")) for name in folders] + [(name, _summary(name)) for name in files]


def _listed() -> Shown:
    return _list(Path(settings.BASE_DIR))


@lru_cache(maxsize=4)
def _list(root: Path) -> Shown:
    """Once per process. What is in a file is read whenever it is shown."""
    found = [path for folder, endings in SHOWN.items() for path in _walk(root / folder, endings)]
    files = {path.relative_to(root).as_posix(): path for path in found}
    folders = {str(parent) for name in files for parent in PurePosixPath(name).parents} - {"."}
    return Shown(files=files, folders=frozenset(folders))


def _walk(folder: Path, endings: set[str]) -> Iterator[Path]:
    """Without symbolic links, which could lead anywhere."""
    for parent, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")) and name not in NEVER_ENTERED)
        for name in sorted(names):
            path = Path(parent, name)
            wanted = not name.startswith(".") and (path.suffix in endings or name in endings)
            if wanted and path.is_file() and not path.is_symlink() and path.stat().st_size <= MOST:
                yield path


def _summary(name: str) -> str:
    """The first sentence of a module's docstring, in one line."""
    if not name.endswith(".py") or not is_file(name):
        return ""
    found = _DOCSTRING.match("\n".join(read(name)))
    return re.split(r"(?<=[.?]) ", " ".join(found[1].split()))[0] if found else ""
