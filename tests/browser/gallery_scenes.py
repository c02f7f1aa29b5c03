"""The pages of the gallery, as ways to get there."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import stories
from tests.browser.site import Site

Scene = Callable[[Page, Site], None]


def gallery(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/flows/")


def gallery_flow(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/flows/user-auth-web-authn/")
    page.get_by_text("The same in words").click()


def gallery_signed_in(page: Page, site: Site) -> None:
    stories.sign_in(page, site, site.pool.add_user())
    page.goto(f"{site.url}/flows/mfa-setup/")
    expect(page.get_by_role("button", name="Try it")).to_contain_text("signs out")


def gallery_try(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/flows/user-auth-email-otp/")
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_role("textbox", name="Username")).to_have_value("judy")


SCENES: tuple[Scene, ...] = (gallery, gallery_flow, gallery_signed_in, gallery_try)
