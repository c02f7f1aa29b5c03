"""The sign-in page stays light. Figures over time: benchmarks/results.md."""

from playwright.sync_api import Page

from benchmarks.sign_in_page import weigh
from tests.browser.site import Site


def test_sign_in_page_with_all_its_files_is_at_most_22_kb(page: Page, site: Site) -> None:
    files = weigh(page, f"{site.url}/sign-in/")

    assert sum(file.brotli for file in files) <= 22_000, files
    assert {file.host for file in files} == {site.url.removeprefix("http://")}
    assert len(files) <= 6, files
