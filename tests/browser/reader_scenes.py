"""Pages of the documentation inside the product, as ways to get there."""

from playwright.sync_api import Page, expect

from tests.browser.site import Site


def docs(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/docs/")


def docs_flow(page: Page, site: Site) -> None:
    """Long, with diagrams, tables and code."""
    page.goto(f"{site.url}/docs/flows/user-auth")


def docs_long(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/docs/triggers")


def docs_menu(page: Page, site: Site) -> None:
    """On a phone the pages are behind a word."""
    page.goto(f"{site.url}/docs/steps/email-otp")
    summary = page.get_by_text("All pages")
    if summary.is_visible():
        summary.click()


def docs_found(page: Page, site: Site) -> None:
    """What comes while one types."""
    docs_long(page, site)
    page.get_by_role("searchbox").press_sequentially("PASSWORD_VERIFIER")
    expect(page.get_by_role("status")).to_contain_text("for “PASSWORD_VERIFIER”")
    expect(page.locator(".results mark").first).to_be_visible()


def docs_search(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/docs/")
    page.get_by_role("searchbox").fill("remembered device")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(f"{site.url}/docs/?q=remembered+device")


def docs_search_empty(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/docs/?q=%3Cb%3Eno-such-thing%3C/b%3E")


def docs_source(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/docs/source/flows/signin/views.py#L20")


def docs_folder(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/docs/source/flows/pool/challenges")


SCENES = (
    docs,
    docs_flow,
    docs_long,
    docs_menu,
    docs_found,
    docs_search,
    docs_search_empty,
    docs_source,
    docs_folder,
)
