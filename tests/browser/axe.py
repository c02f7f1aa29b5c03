"""axe-core: which of its rules count, and that it finds nothing."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# To bring along what was found to be right as well takes as long as to look.
_OPTIONS = {"runOnly": {"type": "tag", "values": _RULES}, "resultTypes": ["violations"]}


def expect_content(page: Page, *, seen: str = "") -> None:
    """Nothing on ``page`` keeps anybody out. ``seen``: how it is looked at, for the report."""
    found = Axe().run(page, options=_OPTIONS)
    assert found.violations_count == 0, f"{seen} {found.generate_report()}"
