"""Codes in Chromium: typed, pasted, wrong, asked for again; and what the browser remembers afterwards."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import people, stories
from tests.browser.challenge_scenes import ASKS_ABOUT_DEVICES
from tests.browser.conftest import NewContext
from tests.browser.site import Site
from tests.clients.challenges import newest_code
from tests.pools import User

COUNTDOWN = 30_000  # ms: flows/signin/again.py, RESEND_SECONDS


@pytest.fixture
def asked(page: Page, site: Site, user: User) -> Locator:
    """The field for a code that has just been sent by e-mail. The test can move the page's clock."""
    page.clock.install()
    stories.begin_choice(page, site, user)
    stories.choose(page, "EMAIL_OTP")
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter the code from your e-mail")
    return page.get_by_label("Code")


# -- The field -------------------------------------------------------------------------------------------------------
def test_focus_waits_in_the_field_after_a_step_and_after_a_reload(page: Page, asked: Locator) -> None:
    expect(asked).to_be_focused()
    page.reload()
    expect(asked).to_be_focused()


def test_telephones_offer_the_code_and_a_keypad(asked: Locator) -> None:
    expect(asked).to_have_attribute("autocomplete", "one-time-code")
    expect(asked).to_have_attribute("inputmode", "numeric")


def test_a_code_is_pasted_with_the_spaces_around_and_in_it(page: Page, site: Site, user: User, asked: Locator) -> None:
    code = newest_code(site.live, user, "EMAIL")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", f"  {code[:3]} {code[3:6]}\u00a0{code[6:]} ")
    page.keyboard.press("ControlOrMeta+V")
    page.keyboard.press("Enter")

    stories.expect_account_of(page, site, user)


def test_a_wrong_code_is_explained_where_the_focus_is(page: Page, site: Site, user: User, asked: Locator) -> None:
    asked.fill("0000000")
    page.keyboard.press("Enter")
    expect(asked).to_have_attribute("aria-invalid", "true")
    expect(asked).to_have_accessible_description("That code is not right.")
    expect(asked).to_be_focused()
    asked.fill(newest_code(site.live, user, "EMAIL"))
    page.keyboard.press("Enter")

    stories.expect_account_of(page, site, user)


# -- Another code ----------------------------------------------------------------------------------------------------
def test_the_countdown_is_seen_and_holds_the_button_until_its_end(page: Page, asked: Locator) -> None:
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    button = page.get_by_role("button", name="send another one")
    expect(page.locator("[data-resend-wait]")).to_have_text(re.compile(r"in (30|2\d) s"))
    expect(button).to_have_attribute("aria-disabled", "true")
    button.focus()
    page.keyboard.press("Enter")
    page.clock.fast_forward(COUNTDOWN / 2)
    expect(page.locator("[data-resend-wait]")).to_have_text(re.compile(r"in 1?\d s"))  # the clock went on by itself too
    expect(button).to_be_focused()
    assert posts == []

    page.clock.fast_forward(COUNTDOWN / 2)
    expect(page.locator("[data-resend-wait]")).to_be_empty()
    expect(button).not_to_have_attribute("aria-disabled", "true")


def test_whoever_is_too_early_all_the_same_is_told_how_long_to_wait(page: Page, asked: Locator) -> None:
    """The clock of the page is ahead of the server's."""
    page.clock.fast_forward(COUNTDOWN)
    button = page.get_by_role("button", name="send another one")
    expect(button).not_to_have_attribute("aria-disabled", "true")
    button.click()

    expect(page.get_by_role("alert")).to_contain_text(re.compile(r"in \d+ s"))
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(asked).to_be_visible()


# -- What the browser remembers --------------------------------------------------------------------------------------
def test_the_last_choice_is_kept_in_this_browser_only(
    page: Page, new_context: NewContext, site: Site, user: User, asked: Locator
) -> None:
    asked.fill(newest_code(site.live, user, "EMAIL"))
    page.keyboard.press("Enter")
    stories.expect_account_of(page, site, user)
    stories.sign_out(page, site)

    page.goto(f"{site.url}/sign-in/")
    name = page.get_by_role("textbox", name="Username")
    expect(name).to_be_empty()
    name.fill(user.username)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter the code from your e-mail")
    page.get_by_role("button", name="Try another way").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How would you like to sign in?")

    other = new_context().new_page()
    other.goto(f"{site.url}/sign-in/")
    expect(other.get_by_label("Password", exact=True)).to_be_visible()


@pytest.mark.parametrize("remember", [True, False])
def test_a_remembered_device_spares_the_code_and_another_does_not(
    page: Page, site: Site, user: User, remember: bool
) -> None:
    people.with_second_factors(site, people.with_phone(site, user), "SMSMfaSettings")
    with site.updated(DeviceConfiguration=ASKS_ABOUT_DEVICES):
        stories.try_to_sign_in(page, site, user)
        expect(page.get_by_role("heading", level=1)).to_have_text("Enter the code from your phone")
        page.get_by_label("Code").fill(newest_code(site.live, user, "SMS"))
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Remember this device?")
        page.get_by_label("Remember this device").set_checked(remember)
        page.get_by_role("button", name="Go on").click()
        stories.expect_account_of(page, site, user)
        assert page.evaluate("document.cookie") == "", "no script reads the device's secret"
        stories.sign_out(page, site)

        stories.try_to_sign_in(page, site, user)
        if remember:
            stories.expect_account_of(page, site, user)
        else:
            expect(page.get_by_role("heading", level=1)).to_have_text("Enter the code from your phone")
