"""The inspector's manners: it asks for nothing, waits for nobody's scripts, and leaves the keyboard to the form."""

import re

import pytest
from playwright.sync_api import Page, Request, Response, ViewportSize, expect

from tests.browser import panel, stories
from tests.browser.conftest import NewContext
from tests.browser.site import Site
from tests.clients.challenges import newest_code
from tests.pools import User

PHONE = ViewportSize(width=360, height=740)
HOURS = 6 * 3600 * 1000  # ms
_OF_AN_ATTEMPT = re.compile(r"/[\w-]{22}/")


def asked(page: Page) -> list[str]:
    """What the page asks the server for from now on, but for files that never change."""
    seen: list[str] = []

    def note(request: Request) -> None:
        path = _OF_AN_ATTEMPT.sub("/attempt/", request.url.partition("//")[2].partition("/")[2])
        if not path.startswith("static/"):
            seen.append(f"{request.method} {path}")

    page.on("request", note)
    return seen


def by_code(page: Page, site: Site, user: User) -> None:
    """Three steps, two of them by htmx."""
    stories.begin_choice(page, site, user)
    stories.choose(page, "EMAIL_OTP")
    expect(page.get_by_label("Code")).to_be_focused()
    page.get_by_label("Code").fill(newest_code(site.live, user, "EMAIL"))
    page.keyboard.press("Enter")
    stories.expect_account_of(page, site, user)


def test_entries_come_with_the_answers_and_nothing_more_is_asked_for(
    new_context: NewContext, site: Site, user: User
) -> None:
    plain, inspecting = new_context().new_page(), new_context().new_page()
    panel.switch_on(inspecting, site.url)
    requests = [asked(page) for page in (plain, inspecting)]
    bodies: list[str] = []
    inspecting.on("response", lambda answer: bodies.append(answer.text()) if is_fragment(answer) else None)
    for page in (plain, inspecting):
        by_code(page, site, user)
    assert requests[1] == requests[0] != []
    fragments = [each for each in bodies if 'id="inspector-' in each or "#inspector-entries" in each]
    assert len(fragments) == 2, "the choice's answer and the code page's"
    assert 'hx-swap-oob="beforeend:#inspector-entries"' in fragments[1]
    assert fragments[1].count('class="entry') == 1, "what the page has already is not sent again"


def is_fragment(answer: Response) -> bool:
    """Of the last answer, which leads to another page, nothing can be read any more when that has come."""
    return answer.request.resource_type == "xhr" and "hx-redirect" not in answer.headers


@pytest.mark.parametrize("where", ["step", "account"])
def test_nothing_is_polled(page: Page, site: Site, user: User, where: str) -> None:
    panel.switch_on(page, site.url)
    page.clock.install()
    if where == "account":
        stories.sign_in(page, site, user)
    else:
        stories.begin_choice(page, site, user)
        stories.choose(page, "EMAIL_OTP")
        expect(page.get_by_label("Code")).to_be_focused()
    requests = asked(page)
    page.clock.fast_forward(HOURS)
    page.wait_for_timeout(100)
    assert requests == []


def test_the_code_of_an_entry_is_fetched_once_and_only_when_it_is_opened(page: Page, site: Site, user: User) -> None:
    panel.switch_on(page, site.url)
    stories.begin_choice(page, site, user)
    requests = asked(page)
    opens = page.locator("#entry-1 .code-part > summary")
    opens.click()
    expect(page.locator(".inspector [role=tab]").first).to_be_visible()
    opens.click()
    opens.click()
    expect(page.locator(".inspector [role=tab]").first).to_be_visible()
    assert requests == ["GET flows/runs/attempt/1/code/"]


def test_a_page_whose_inspector_has_no_scripts_signs_in_and_shows_everything(
    page: Page, site: Site, user: User
) -> None:
    page.route("**/static/flows/inspector*.mjs", lambda route: route.abort())
    page.route("**/static/flows/inspector*.*.mjs", lambda route: route.abort())
    panel.switch_on(page, site.url)
    by_code(page, site, user)
    assert panel.read(page).operations[:3] == ["InitiateAuth", "RespondToAuthChallenge", "RespondToAuthChallenge"]


def test_without_any_scripts_the_panel_comes_with_each_page(new_context: NewContext, site: Site, user: User) -> None:
    page = new_context(java_script_enabled=False).new_page()
    panel.switch_on(page, site.url)
    stories.sign_in(page, site, user)
    expect(page.locator(".entry .operation").first).to_have_text("InitiateAuth")
    expect(page.locator(".inspector [data-node].lit")).to_have_attribute("data-node", "TOKENS")


# -- The keyboard --------------------------------------------------------------------------------------------------
def test_the_focus_stays_in_the_form_and_a_status_says_what_came(page: Page, site: Site, user: User) -> None:
    panel.switch_on(page, site.url)
    stories.begin_choice(page, site, user)
    said = page.locator("aside.inspector [role=status]")
    expect(said).to_have_text("InitiateAuth: SELECT_CHALLENGE.")
    page.evaluate(
        "addEventListener('focusin', ({ target }) => { window.stolen ||= Boolean(target.closest('.inspector')) })"
    )
    stories.choose(page, "EMAIL_OTP")
    expect(page.get_by_label("Code")).to_be_focused()
    expect(said).to_have_text("RespondToAuthChallenge: EMAIL_OTP.")
    page.keyboard.type("0000000")
    page.keyboard.press("Enter")
    expect(said).to_have_text("RespondToAuthChallenge refused: CodeMismatchException.")
    expect(page.get_by_label("Code")).to_be_focused()
    assert page.evaluate("window.stolen") is False, "not even for a moment"


def test_on_a_phone_too_the_same_status_says_what_came(page: Page, site: Site, user: User) -> None:
    page.set_viewport_size(PHONE)
    panel.switch_on(page, site.url)
    stories.begin_choice(page, site, user)
    expect(page.locator(".inspector .sheet")).not_to_have_attribute("open", "")
    said = page.get_by_role("status").filter(has_text="SELECT_CHALLENGE")
    expect(said, "hidden elements have no role").to_have_text("InitiateAuth: SELECT_CHALLENGE.")
    page.evaluate("document.getElementById('inspector-said').stays = true")
    stories.choose(page, "EMAIL_OTP")
    expect(page.get_by_role("status").filter(has_text="EMAIL_OTP")).to_have_count(1)
    stays = page.evaluate("document.getElementById('inspector-said').stays")
    assert stays, "screen readers listen to an element, not to the one that takes its place"


def test_what_comes_is_in_sight_and_the_page_stays_where_it_is(page: Page, site: Site, user: User) -> None:
    page.set_viewport_size({"width": 1280, "height": 700})
    panel.switch_on(page, site.url)
    stories.begin_choice(page, site, user)
    stories.choose(page, "EMAIL_OTP")
    expect(page.get_by_label("Code")).to_be_focused()
    summary = page.locator("#entry-2 > .call > summary")
    expect(summary).to_be_in_viewport()
    assert page.evaluate("scrollY") == 0
    page.keyboard.type("0000000")
    page.keyboard.press("Enter")
    expect(page.locator("#entry-3 > .call > summary")).to_be_in_viewport()
    assert page.evaluate("scrollY") == 0


def test_entries_open_and_close_by_keyboard(page: Page, site: Site, user: User) -> None:
    panel.switch_on(page, site.url)
    stories.sign_in(page, site, user)
    entry = page.locator("#entry-1 > .call")
    assert entry.get_attribute("open") is None
    entry.locator("> summary").focus()
    page.keyboard.press("Enter")
    expect(entry).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    expect(entry.get_by_text("Request", exact=True)).to_be_focused()
    page.keyboard.press("Space")
    expect(entry.locator("dl[aria-label=Request]")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(entry).not_to_have_attribute("open", "")


def test_on_a_phone_it_is_a_sheet_that_escape_puts_away(new_context: NewContext, site: Site, user: User) -> None:
    page = new_context(viewport=PHONE, has_touch=True).new_page()
    panel.switch_on(page, site.url)
    sheet, body = page.locator("aside.inspector .sheet"), page.locator("aside.inspector .sheet-body")
    expect(sheet).not_to_have_attribute("open", "")
    stories.begin_choice(page, site, user)
    expect(page.locator("#inspector-count")).to_have_text("1 call")
    expect(body).not_to_be_visible()
    sheet.locator("> summary").focus()
    page.keyboard.press("Enter")
    expect(body).to_be_visible()
    page.locator("#entry-1 summary").first.focus()
    page.keyboard.press("Escape")
    expect(body).not_to_be_visible()
    expect(sheet.locator("> summary")).to_be_focused()
    stories.choose(page, "EMAIL_OTP")
    expect(page.get_by_label("Code")).to_be_focused()
    expect(body).not_to_be_visible()


def test_the_newest_entry_is_open_and_the_present_step_in_sight(page: Page, site: Site, user: User) -> None:
    """The map is taller than its window, and entries that came before fold, unless somebody has looked into them."""
    page.set_viewport_size(ViewportSize(width=1280, height=800))
    panel.switch_on(page, site.url)
    stories.begin_choice(page, site, user)
    expect(page.locator("#entry-1 > .call")).to_have_attribute("open", "")
    stories.choose(page, "EMAIL_OTP")
    expect(page.locator("#entry-2 > .call")).to_have_attribute("open", "")
    expect(page.locator("#entry-1 > .call")).not_to_have_attribute("open", "")
    where = page.evaluate(
        """() => {
            const [frame, lit] = [".map-window", ".map-window .lit"].map((each) =>
                document.querySelector(each).getBoundingClientRect());
            return [frame.top, lit.top, lit.bottom, frame.bottom];
        }"""
    )
    assert where == sorted(where)


def test_an_entry_that_somebody_reads_stays_open(page: Page, site: Site, user: User) -> None:
    panel.switch_on(page, site.url)
    stories.begin_choice(page, site, user)
    page.locator("#entry-1 .part > summary").get_by_text("Request").click()
    stories.choose(page, "EMAIL_OTP")
    expect(page.locator("#entry-2 > .call")).to_have_attribute("open", "")
    expect(page.locator("#entry-1 > .call")).to_have_attribute("open", "")
