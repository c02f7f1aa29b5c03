"""The pages of the gallery, as ways to get there."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import stories
from tests.browser.site import Site

Scene = Callable[[Page, Site], None]
# Other tests change the live pool meanwhile, and a card says so.
IS_SET = re.compile("The pool is set for this|What this asks for is set")


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


def gallery_set(page: Page, site: Site) -> None:
    """The page stays as it was while another tab gives the pool back."""
    for each, button in ((page, "Set it so"), (page.context.new_page(), "Set it back")):
        each.goto(f"{site.url}/flows/remembered-device/")
        each.get_by_role("button", name=button).click()
        expect(each.get_by_role("button", name=button)).to_have_count(0)
    expect(page.get_by_text(IS_SET)).to_be_visible()


SCENES: tuple[Scene, ...] = (gallery, gallery_flow, gallery_signed_in, gallery_try, gallery_set)
