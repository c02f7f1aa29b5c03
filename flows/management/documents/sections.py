"""Generated parts of pages that are otherwise written by hand: what stands between two comments."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

_SECTION = re.compile(r"(<!-- made by make docs -->\n).*?(<!-- end -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Section:
    """The one such part of the page at ``PATH``; ``body`` makes it, as Markdown."""

    PATH: str
    body: Callable[[], str]

    def text(self) -> str:
        """The page as it should be. Raises ValueError for a page that has no place for it."""
        page = (settings.BASE_DIR / self.PATH).read_text(encoding="utf-8")
        made, times = _SECTION.subn(lambda found: f"{found[1]}{self.body()}\n{found[2]}", page)
        if times != 1:
            raise ValueError(f"{self.PATH} must have one <!-- made by make docs --> and one <!-- end -->.")
        return made
