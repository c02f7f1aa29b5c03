"""The sign-in page stays light. Figures over time: benchmarks/results.md."""

from playwright.sync_api import Page

from benchmarks.sign_in_page import weigh
from tests.browser.site import Site


def test_sign_in_page_with_all_its_files_is_at_most_22_kb(page: Page, site: Site) -> None:
    """Random values, as the form's token is one, compress by some bytes better or worse: the middle of three counts."""
    loads = [weigh(page, f"{site.url}/sign-in/") for _ in range(3)]
    files = sorted(loads, key=lambda load: sum(file.brotli for file in load))[1]

    assert sum(file.brotli for file in files) <= 22_000, files
    assert {file.host for file in files} == {site.url.removeprefix("http://")}
    assert len(files) <= 6, files
