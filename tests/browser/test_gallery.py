"""The gallery in Chromium: tried from the button to the account, with and without scripts, by keyboard too."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import stories
from tests.browser.conftest import NewContext
from tests.browser.gallery_scenes import IS_SET
from tests.browser.site import Site


def try_it(page: Page) -> None:
    """On to the sign-in page, until its modules run: before that nothing is copied, and SRP asks to reload."""
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_label("Demo user")).to_be_visible()
    page.wait_for_load_state()


def password_in(page: Page) -> str:
    """What the note says."""
    return page.get_by_label("Demo user").locator("code").last.inner_text()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_flow_is_tried_from_the_gallery_to_the_account(new_context: NewContext, site: Site, scripts: bool) -> None:
    page = new_context(java_script_enabled=scripts).new_page()
    page.goto(site.url)
    page.get_by_role("link", name="See every flow happen").click()
    page.get_by_role("link", name="Secure Remote Password", exact=True).first.click()
    try_it(page)
    expect(page.get_by_label("Username").filter(visible=True)).to_have_value("alice")
    page.get_by_label("Password", exact=True).filter(visible=True).fill(password_in(page))
    page.get_by_role("button", name="Sign in").filter(visible=True).click()
    expect(page).to_have_url(f"{site.url}/account/")


def test_the_password_is_copied_from_the_note(new_context: NewContext, site: Site) -> None:
    page = new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    page.goto(f"{site.url}/flows/user-password-auth/")
    try_it(page)
    page.get_by_label("Demo user").get_by_role("button", name="Copy").click()
    expect(page.get_by_label("Demo user").get_by_role("button")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == password_in(page)


def test_a_passkey_is_made_and_then_tried(page: Page, site: Site) -> None:
    """carol gives hers back: the demo is everybody's."""
    stories.virtual_authenticator(page)
    page.goto(f"{site.url}/flows/user-auth-web-authn/")
    try_it(page)
    stories.fill(page, "carol", password_in(page))
    stories.submit(page)
    expect(page).to_have_url(f"{site.url}/account/passkeys/add/")
    page.get_by_role("button", name="Create a passkey").click()
    expect(page.get_by_text("The passkey was added.")).to_be_visible()
    page.goto(f"{site.url}/flows/user-auth-web-authn/")
    page.get_by_role("button", name=re.compile("^Try it")).click()
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_url(f"{site.url}/account/")
    page.goto(f"{site.url}/account/passkeys/")
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("You have no passkey yet.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_pool_is_set_for_a_card_and_set_back(new_context: NewContext, site: Site, scripts: bool) -> None:
    """Remembered devices disturb nobody else who signs in meanwhile."""
    page = new_context(java_script_enabled=scripts).new_page()
    page.goto(f"{site.url}/flows/")
    card = page.locator("#card-remembered-device")
    expect(card.get_by_text("Now: No device is remembered.")).to_be_visible()
    card.get_by_role("button", name="Set it so").click()
    try:
        expect(page).to_have_url(f"{site.url}/flows/#card-remembered-device")
        expect(card.get_by_text(IS_SET)).to_be_visible()
        expect(card).to_be_in_viewport()
    finally:
        card.get_by_role("button", name="Set it back").click()
    expect(card.get_by_text("Now: No device is remembered.")).to_be_visible()


def test_on_a_phone_the_comparison_scrolls_by_itself_and_keeps_the_name_in_sight(
    new_context: NewContext, site: Site
) -> None:
    page = new_context(viewport={"width": 360, "height": 740}).new_page()
    page.goto(f"{site.url}/flows/#comparison")
    box: Any = page.get_by_role("region", name="Side by side")
    box.focus()
    page.keyboard.press("End")
    box.evaluate("box => { box.scrollLeft = box.scrollWidth }")
    name = page.get_by_role("rowheader", name="Plain password", exact=False).first.bounding_box()
    last = page.get_by_role("columnheader", name="Works with managed login").bounding_box()
    assert name
    assert last
    assert 0 <= name["x"] < 40
    assert last["x"] + last["width"] <= 360
    assert name["x"] + name["width"] < last["x"]
