"""Whole stories of people at a browser: with the keyboard, in two tabs, without scripts, going back, in a hurry."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.browser import scenes, stories
from tests.browser.site import Site
from tests.pools import User, new_password

NewContext = Callable[..., BrowserContext]
FLOWS = ["USER_SRP_AUTH", "USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH"]
SLOW = 300  # ms: static/flows/ui.mjs


@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("scripting", [True, False], ids=["scripts", "no-scripts"])
def test_t067_every_flow_signs_in_and_out(
    new_context: NewContext, site: Site, user: User, flow: str, scripting: bool
) -> None:
    page = new_context(java_script_enabled=scripting).new_page()

    stories.sign_in(page, site, user, flow=flow)
    page.get_by_role("button", name="Sign out", exact=True).click()

    expect(page.get_by_text("You are signed out.")).to_be_visible()
    page.goto(f"{site.url}/account/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


@pytest.mark.parametrize("scripting", [True, False], ids=["scripts", "no-scripts"])
def test_temporary_password_is_replaced(new_context: NewContext, site: Site, scripting: bool) -> None:
    page = new_context(java_script_enabled=scripting).new_page()
    invited, chosen = site.pool.add_user(temporary=True), new_password()

    stories.try_to_sign_in(page, site, invited)
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose a new password")
    page.get_by_label("New password").fill("short")
    page.get_by_role("button", name="Save and sign in").click()
    expect(page.locator("[aria-invalid=true]")).to_have_accessible_description("Password not long enough")
    page.get_by_label("New password").fill(chosen)
    page.get_by_role("button", name="Save and sign in").click()
    stories.expect_account_of(page, site, invited)

    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    stories.sign_in(page, site, User(username=invited.username, password=chosen, email=invited.email))


def test_reload_in_mid_flow_resumes_the_new_password(page: Page, site: Site) -> None:
    invited = site.pool.add_user(temporary=True)
    stories.try_to_sign_in(page, site, invited)
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose a new password")

    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose a new password")
    page.goto(f"{site.url}/sign-in/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose a new password")

    page.get_by_label("New password").fill(new_password())
    page.get_by_role("button", name="Save and sign in").click()
    stories.expect_account_of(page, site, invited)


def test_keyboard_alone_signs_in_and_finds_its_way(page: Page, site: Site, user: User) -> None:
    stories.start(page, site)
    keyboard = page.keyboard

    expect(page.get_by_label("Username")).to_be_focused()
    keyboard.type(user.username)
    keyboard.press("Tab")
    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    keyboard.type("wrong Password 1!")
    keyboard.press("Tab")
    keyboard.press("Space")
    expect(page.get_by_role("button", name="Hide password")).to_be_focused()
    expect(page.get_by_label("Password", exact=True)).to_have_attribute("type", "text")
    keyboard.press("Tab")
    keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Incorrect username or password.")

    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    keyboard.type(user.password)
    keyboard.press("Enter")
    stories.expect_account_of(page, site, user)

    keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    keyboard.press("Enter")
    sections = page.get_by_role("navigation", name="Your account").get_by_role("link")
    for section in sections.all():
        keyboard.press("Tab")
        expect(section).to_be_focused()
    keyboard.press("Tab")
    expect(page.get_by_role("button", name="Sign out", exact=True)).to_be_focused()


@pytest.mark.parametrize("factor", ["PASSWORD", "PASSWORD_SRP"])
def test_keyboard_alone_chooses_a_password_and_types_it(page: Page, site: Site, user: User, factor: str) -> None:
    stories.begin_choice(page, site, user)
    page.locator(f"button[value={factor}]").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    page.keyboard.type(user.password)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Password", exact=True)).to_have_attribute("type", "text")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    stories.expect_account_of(page, site, user)


def test_t062_two_tabs_two_people_each_finishes_their_own(new_context: NewContext, site: Site) -> None:
    context = new_context()
    first, second = context.new_page(), context.new_page()
    ada, bob = site.pool.add_user(temporary=True), site.pool.add_user(temporary=True)
    for page, person in ((first, ada), (second, bob)):
        stories.try_to_sign_in(page, site, person)
        expect(page.locator(".trail")).to_contain_text(person.username)

    first.get_by_label("New password").fill(new_password())
    first.get_by_role("button", name="Save and sign in").click()
    stories.expect_account_of(first, site, ada)

    # One browser is one session: the other tab is told, and nobody is switched silently (T063, T071).
    second.get_by_label("New password").fill(new_password())
    second.get_by_role("button", name="Save and sign in").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("You are signed in")
    expect(second.locator("main")).to_contain_text(ada.username)


def test_t062_two_tabs_interleaved_before_anybody_is_signed_in(new_context: NewContext, site: Site, user: User) -> None:
    context = new_context()
    first, second = context.new_page(), context.new_page()
    stories.interrupted(first, site, user)
    stories.try_to_sign_in(second, site, user, password="Not the one 7!")
    expect(second.get_by_role("alert")).to_have_text("Incorrect username or password.")

    first.get_by_label("Password", exact=True).fill(user.password)
    stories.submit(first)
    stories.expect_account_of(first, site, user)


def test_t063_page_that_was_open_too_long_brings_a_form_that_works(page: Page, site: Site, user: User) -> None:
    scenes.open_too_long(page, site)

    stories.fill(page, user.username, user.password)
    stories.submit(page)
    stories.expect_account_of(page, site, user)


def test_t064_back_after_sign_in_shows_no_form_that_lies(page: Page, site: Site, user: User) -> None:
    stories.sign_in(page, site, user)

    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed in")


def test_t064_back_after_sign_out_shows_no_account(page: Page, site: Site, user: User) -> None:
    stories.sign_in(page, site, user)
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()

    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page.locator("main")).not_to_contain_text(user.username)


def test_t064_back_after_a_step_asks_the_server(page: Page, site: Site) -> None:
    stories.try_to_sign_in(page, site, site.pool.add_user(temporary=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose a new password")

    with page.expect_request("**/sign-in/**"):
        page.go_back()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main main, main header")).to_have_count(0)


@pytest.mark.parametrize("flow", FLOWS)
def test_t065_double_click_sends_once(page: Page, site: Site, user: User, flow: str) -> None:
    posts: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            posts.append(request.url)

    page.on("request", note)
    stories.start(page, site, flow=flow)
    stories.fill(page, user.username, user.password)
    page.get_by_role("button", name="Sign in").dblclick()

    stories.expect_account_of(page, site, user)
    assert len(posts) == len(set(posts)), posts


def test_t121_refusals_are_shown_whatever_their_status(page: Page, site: Site, user: User) -> None:
    """422 five times or more, then 429: Cognito's lockout."""
    statuses: list[int] = []
    page.on("response", lambda answer: statuses.append(answer.status) if answer.request.method == "POST" else None)
    stories.start(page, site, flow="USER_PASSWORD_AUTH")
    for attempt in range(1, 13):  # the first lock lasts a second, which a slow machine may need; each is twice as long
        page.get_by_label("Username").fill(user.username)
        page.get_by_label("Password", exact=True).fill(f"wrong {attempt}")
        with page.expect_response("**/sign-in/"):
            stories.submit(page)
        expect(page.get_by_role("alert")).not_to_have_text("")
        expect(page.get_by_label("Password", exact=True)).to_be_focused()
        if statuses[-1] == 429:
            break

    expect(page.get_by_role("alert")).to_contain_text("Too many attempts")
    assert set(statuses) == {422, 429}


def test_t121_503_is_shown_as_a_page(page: Page, site: Site, user: User) -> None:
    stories.start(page, site)
    answer = '<h1>Sign in</h1><p class="alert" role="alert" tabindex="-1">Not answering.</p>'
    page.route("**/sign-in/", lambda route: route.fulfill(status=503, content_type="text/html", body=answer))
    stories.fill(page, user.username, user.password)
    stories.submit(page)

    expect(page.get_by_role("alert")).to_have_text("Not answering.")
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_our_own_failure_is_told_and_the_form_stays(page: Page, site: Site, user: User) -> None:
    stories.start(page, site)
    page.route("**/sign-in/", lambda route: route.fulfill(status=500, body="<h1>Traceback</h1>"))
    stories.fill(page, user.username, user.password)
    stories.submit(page)

    expect(page.get_by_role("alert")).to_contain_text("Please try again")
    page.unroute_all()
    stories.submit(page)
    stories.expect_account_of(page, site, user)


def test_unreachable_site_is_told_and_the_form_works_again(page: Page, site: Site, user: User) -> None:
    page.route("**/sign-in/", stories.no_posts)
    stories.try_to_sign_in(page, site, user)
    expect(page.get_by_role("alert")).to_contain_text("could not be reached")
    expect(page.get_by_role("alert")).to_be_focused()

    page.unroute_all()
    stories.submit(page)
    stories.expect_account_of(page, site, user)


def test_slow_answer_is_announced_and_a_quick_one_is_not(page: Page, site: Site, user: User) -> None:
    page.route("**/sign-in/", stories.hold_posts)
    page.clock.install(time=0)
    stories.start(page, site)
    stories.fill(page, user.username, user.password)
    page.clock.pause_at(3600)  # seconds: ahead of what has passed
    button = page.locator("form[data-srp] .button")
    with page.expect_request(lambda request: request.method == "POST"):
        stories.submit(page)

    page.clock.run_for(SLOW - 1)
    assert button.inner_text() == "Sign in", "no flicker at once"
    page.clock.run_for(1)
    expect(button).to_have_text("Checking…")
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(page.locator("form[data-srp]")).to_have_attribute("aria-busy", "true")


def test_t122_form_of_an_ended_session_leads_to_a_whole_page(new_context: NewContext, site: Site, user: User) -> None:
    context = new_context()
    page, other = context.new_page(), context.new_page()
    stories.sign_in(page, site, user)
    other.goto(f"{site.url}/account/")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()

    other.get_by_role("button", name="Sign out", exact=True).click()
    expect(other.get_by_role("heading", level=1)).to_be_visible()
    expect(other.locator("main main, main header")).to_have_count(0)


def test_t127_password_managers_find_what_they_look_for(page: Page, site: Site) -> None:
    stories.start(page, site)
    expect(page.get_by_label("Username")).to_have_attribute("autocomplete", "username")
    password = page.get_by_label("Password", exact=True)
    expect(password).to_have_attribute("autocomplete", "current-password")
    assert password.get_attribute("name") is None

    stories.try_to_sign_in(page, site, site.pool.add_user(temporary=True))
    expect(page.get_by_label("New password")).to_have_attribute("autocomplete", "new-password")
    expect(page.locator("input[autocomplete=username]")).to_have_count(1)


def test_start_over_leaves_the_attempt(page: Page, site: Site) -> None:
    stories.try_to_sign_in(page, site, site.pool.add_user(temporary=True))
    page.get_by_role("button", name="Start over").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page.get_by_label("Username")).to_have_value("")


def test_t064_page_from_the_back_forward_cache_asks_the_server(page: Page, site: Site, user: User) -> None:
    """Playwright's Chromium has that cache switched off, so its event is made by hand."""
    stories.sign_in(page, site, user)

    with page.expect_request("**/account/"):
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
