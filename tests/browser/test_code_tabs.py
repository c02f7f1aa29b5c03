"""The same step in other stacks, beside the page: by mouse, by keyboard, and without scripts."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser import panel, stories
from tests.browser.conftest import NewContext
from tests.browser.site import Site
from tests.pools import User

LABELS = ["Amplify JS", "boto3", "AWS CLI", "This site"]


def open_code(page: Page) -> None:
    """The code of the newest entry, as far as it is folded."""
    entry = page.locator("#inspector-entries > .entry").last
    if entry.locator("> .call").get_attribute("open") is None:
        entry.locator("> .call > summary").click()
    entry.get_by_text("The same in your own code").click()
    expect(entry.get_by_role("tab")).to_have_text(LABELS)


def begin(page: Page, site: Site, user: User) -> None:
    panel.switch_on(page, site.url)
    stories.begin_choice(page, site, user)
    open_code(page)


def test_one_stack_is_shown_at_a_time(page: Page, site: Site, user: User) -> None:
    begin(page, site, user)
    shown = page.get_by_role("tabpanel")
    expect(shown).to_have_count(1)
    expect(shown).to_have_accessible_name("Amplify JS")
    page.get_by_role("tab", name="AWS CLI").click()
    expect(shown).to_have_count(1)
    expect(shown).to_have_accessible_name("AWS CLI")
    expect(shown).to_contain_text("aws cognito-idp initiate-auth")
    expect(shown).to_contain_text(user.username)


def test_the_keys_of_tabs(page: Page, site: Site, user: User) -> None:
    """WAI-ARIA's: arrows, which go round; Home and End; Tab leads on to the panel and not to the other tabs."""
    begin(page, site, user)
    page.get_by_role("tab", name="Amplify JS").focus()
    for key, label in [
        ("ArrowRight", "boto3"),
        ("End", "This site"),
        ("ArrowRight", "Amplify JS"),
        ("ArrowLeft", "This site"),
        ("Home", "Amplify JS"),
    ]:
        page.keyboard.press(key)
        selected = page.get_by_role("tab", name=label)
        expect(selected).to_be_focused()
        expect(selected).to_have_attribute("aria-selected", "true")
        expect(page.get_by_role("tabpanel")).to_have_accessible_name(label)
    page.keyboard.press("Tab")
    expect(page.get_by_role("tabpanel").get_by_role("button")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("group", name="Code for Amplify JS")).to_be_focused()


def test_the_choice_stays_for_the_next_entry(page: Page, site: Site, user: User) -> None:
    begin(page, site, user)
    page.get_by_role("tab", name="boto3").click()
    stories.choose(page, "EMAIL_OTP")
    expect(page.locator("#inspector-entries > .entry")).to_have_count(2)
    open_code(page)
    newest = page.locator("#inspector-entries > .entry").last.get_by_role("tabpanel")
    expect(newest).to_have_accessible_name("boto3")
    expect(newest).to_contain_text('"ANSWER": "EMAIL_OTP"')


def test_the_code_is_copied_as_it_is_shown(page: Page, site: Site, user: User) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.url)
    begin(page, site, user)
    for label in LABELS:
        page.get_by_role("tab", name=label).click()
        shown = page.get_by_role("tabpanel")
        shown.get_by_role("button", name=f"Copy the code for {label}").click()
        expect(shown.get_by_role("button")).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == shown.locator("code").text_content()


def test_words_and_blanks_of_the_code_are_told_apart(page: Page, site: Site, user: User) -> None:
    """By the sheet that the page has had since it is inspected: the code came later."""
    begin(page, site, user)
    stories.choose(page, "EMAIL_OTP")
    expect(page.locator("#inspector-entries > .entry")).to_have_count(2)
    open_code(page)
    newest = page.locator("#inspector-entries > .entry").last
    for label, kind in [("Amplify JS", "keyword"), ("boto3", "keyword"), ("AWS CLI", "name"), ("This site", "comment")]:
        newest.get_by_role("tab", name=label).click()
        shown = newest.get_by_role("tabpanel").locator("code")
        word = shown.locator(f".hl-{kind}").first
        assert colour(word) != colour(shown), label
    newest.get_by_role("tab", name="boto3").click()
    blank = newest.get_by_role("tabpanel").locator(".hl-blank")
    expect(blank).to_have_text(re.compile(r"<Session [0-9a-f]+>"))
    expect(blank).to_have_css("text-decoration-line", "underline")


def colour(place: Locator) -> str:
    return str(place.evaluate("each => getComputedStyle(each).color"))


def test_without_scripts_all_of_it_is_on_a_page(new_context: NewContext, page: Page, site: Site, user: User) -> None:
    begin(page, site, user)
    address = page.locator(".code-part").last.get_attribute("hx-get")
    plain = new_context(java_script_enabled=False, storage_state=page.context.storage_state()).new_page()
    plain.goto(f"{site.url}{address}")
    expect(plain.get_by_role("heading", level=2)).to_have_text(LABELS)
    for label in LABELS:
        expect(plain.get_by_role("group", name=f"Code for {label}")).to_be_visible()
    expect(plain.get_by_role("button", name="Copy")).to_have_count(0)
