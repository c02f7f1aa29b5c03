"""The playground in Chromium: change something, see what it means, sign in and find it so."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import stories
from tests.browser.conftest import NewContext
from tests.browser.site import Site
from tests.pools import User


@pytest.fixture(autouse=True)
def given_back(site: Site) -> Iterator[None]:
    """The pool is everybody's."""
    with site.updated():
        yield


def open_playground(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/flows/playground/")


def offered(page: Page, site: Site, user: User) -> list[str]:
    """The first factors on offer, by their buttons."""
    stories.begin_choice(page, site, user)
    expect(page.locator("button[name=answer]").first).to_be_visible()
    values = page.locator("button[name=answer]").evaluate_all("all => all.map(each => each.value)")
    return sorted(values)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_first_factors_are_changed_and_the_sign_in_shows_them(
    new_context: NewContext, site: Site, user: User, scripts: bool
) -> None:
    page = new_context(java_script_enabled=scripts).new_page()
    visitor = new_context().new_page()
    assert offered(visitor, site, user) == ["EMAIL_OTP", "PASSWORD", "PASSWORD_SRP"]

    open_playground(page, site)
    page.get_by_role("checkbox", name=re.compile("^PASSWORD")).uncheck()
    page.get_by_role("checkbox", name="SMS_OTP A code").uncheck()
    page.get_by_role("button", name="Set First factors").click()
    form = page.locator("#form-first-factors")
    expect(form).to_contain_text("SMS_OTP can no longer be the first factor.")
    expect(page.locator("#now-first-factors")).to_contain_text("USER_AUTH offers EMAIL_OTP and WEB_AUTHN")
    expect(form.get_by_role("checkbox", name=re.compile("^PASSWORD"))).not_to_be_checked()
    assert offered(visitor, site, user) == ["EMAIL_OTP"]

    form.get_by_role("checkbox", name=re.compile("^PASSWORD")).check()
    page.get_by_role("button", name="Set First factors").click()
    expect(form).to_contain_text("PASSWORD can be the first factor now.")
    assert offered(visitor, site, user) == ["EMAIL_OTP", "PASSWORD", "PASSWORD_SRP"]


def test_a_change_reloads_nothing_and_loses_nothing(page: Page, site: Site) -> None:
    """What is typed elsewhere stays, code that is open stays open and is the new one, the focus stays at the button."""
    open_playground(page, site)
    page.get_by_label("AuthSessionValidity").fill("12")
    page.locator("summary").filter(has_text="SAM, CloudFormation for Remembered devices").click()
    page.locator("summary").filter(has_text="AWS CLI for First factors").click()
    page.evaluate("window.here = true")

    page.get_by_role("radio", name="Always Every device").check()
    page.get_by_role("button", name="Set Remembered devices").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#now-devices")).to_contain_text("proves itself by DEVICE_SRP_AUTH")
    expect(page.locator("#sam-devices")).to_contain_text("DeviceOnlyRememberedOnUserPrompt: false")
    expect(page.locator("#sam-devices")).to_be_visible()
    expect(page.locator("#cli-devices")).to_contain_text('"DeviceOnlyRememberedOnUserPrompt": false')
    expect(page.locator("#cli-first-factors")).to_be_visible()
    expect(page.get_by_label("AuthSessionValidity")).to_have_value("12")
    expect(page.locator("#said")).to_contain_text("Always: Every device that confirms its key is remembered.")
    expect(page.get_by_role("button", name="Set Remembered devices")).to_be_focused()
    assert page.evaluate("window.here") is True


def test_code_is_copied(new_context: NewContext, site: Site) -> None:
    page = new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    open_playground(page, site)
    page.locator("summary").filter(has_text="AWS CLI for How long a challenge waits").click()
    page.locator("#cli-session").get_by_role("button", name="Copy").click()
    expect(page.locator("#cli-session").get_by_role("button")).to_contain_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#cli-session code").inner_text()


def test_a_user_is_disabled_and_enabled_again(page: Page, site: Site) -> None:
    open_playground(page, site)
    page.locator("#user-carol > summary").click()
    page.get_by_role("button", name="Disable carol").click()
    expect(page.locator("#line-carol")).to_have_text("CONFIRMED, disabled")
    expect(page.locator("#states-carol")).to_contain_text("carol cannot sign in")
    page.get_by_role("button", name="Enable carol").click()
    expect(page.locator("#line-carol")).to_have_text("CONFIRMED, enabled")
