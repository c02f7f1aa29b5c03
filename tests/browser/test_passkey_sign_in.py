"""Signing in with a passkey in Chromium: by choice, by autofill, and every way in which that is refused."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import people, stories
from tests.browser.site import Site
from tests.browser.stories import Device
from tests.pools import User

RENEWAL = 151_000  # ms: a little more than RENEW_SECONDS of flows/signin/autofill.py
ELSEWHERE = {"RelyingPartyId": "example.com"}
AUTOFILL = "form[data-mediation=conditional]"


@pytest.fixture
def device(page: Page, site: Site, user: User) -> Device:
    """It keeps a passkey of the user's, and is touched whenever it asks."""
    return stories.plug_in(page, people.with_passkey(site, user))


# -- By choice -------------------------------------------------------------------------------------------------------
def test_the_passkey_made_on_the_account_page_signs_in(page: Page, site: Site, user: User) -> None:
    stories.sign_in(page, site, user)
    stories.virtual_authenticator(page)
    stories.add_passkey(page, site)
    stories.sign_out(page, site)

    _choose_passkey(page, site, user)
    stories.expect_account_of(page, site, user)


def test_t107_cancelled_then_used(page: Page, site: Site, user: User, device: Device) -> None:
    device.recognise(False)
    _choose_passkey(page, site, user)
    _expect_a_way_on(page, "No passkey was used")

    device.recognise(True)
    page.get_by_role("button", name="Use passkey").click()
    stories.expect_account_of(page, site, user)


def test_t107_a_device_whose_passkey_was_deleted(page: Page, site: Site, user: User, device: Device) -> None:
    """The device still has it, since nobody can tell it; another passkey keeps the choice open."""
    people.without_passkeys(site, user)
    people.with_passkey(site, user)

    _choose_passkey(page, site, user)
    _expect_a_way_on(page, "No passkey was used")
    _take_another_way(page, site, user)


@pytest.mark.usefixtures("device")
def test_t107_a_passkey_deleted_meanwhile(page: Page, site: Site, user: User) -> None:
    _before_the_answer(page, lambda: people.without_passkeys(site, user))
    _choose_passkey(page, site, user)

    expect(page.get_by_role("alert")).to_contain_text("This passkey was not accepted.")
    _sign_in_by_password(page, site, user)


def test_t107_a_relying_party_of_another_site(page: Page, site: Site, user: User) -> None:
    with site.asking(WebAuthnConfiguration=ELSEWHERE):
        stories.plug_in(page, people.with_passkey(site, user, origin="https://example.com"))
        _choose_passkey(page, site, user)
        _expect_a_way_on(page, "do not count at this address")
        _take_another_way(page, site, user)


def test_t094_an_assertion_counts_once(page: Page, site: Site, user: User, device: Device) -> None:
    """Sent again in another attempt of the same browser: refused in words, and the passkey itself goes on working."""
    with page.expect_request(lambda request: "credential=" in (request.post_data or "")) as sent:
        _choose_passkey(page, site, user)
    stories.expect_account_of(page, site, user)
    stories.sign_out(page, site)
    device.wait_for_a_person()
    _choose_passkey(page, site, user)
    expect(page.get_by_role("button", name="Waiting for your passkey…")).to_be_visible()

    page.evaluate(
        """body => {
            const form = document.querySelector("form[data-webauthn=get]");
            form.elements.credential.value = new URLSearchParams(body).get("credential");
            form.requestSubmit();
        }""",
        sent.value.post_data,
    )
    expect(page.get_by_role("alert").first).to_contain_text("This passkey was not accepted.")
    device.touch()
    page.get_by_role("button", name="Use passkey").click()
    stories.expect_account_of(page, site, user)


# -- By autofill -----------------------------------------------------------------------------------------------------
# Chromium's virtual authenticator picks the passkey from the list by itself as soon as autofill asks.
@pytest.fixture
def remembering(page: Page, site: Site, user: User, device: Device) -> Device:
    """The browser remembers who signed in last, and that it was with a passkey. Nobody touches the device any more."""
    _choose_passkey(page, site, user, remember=True)
    stories.expect_account_of(page, site, user)
    stories.sign_out(page, site)
    device.wait_for_a_person()
    return device


def test_autofill_signs_in_with_one_tap(page: Page, site: Site, user: User, remembering: Device) -> None:
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    remembering.touch()
    page.goto(f"{site.url}/sign-in/")

    stories.expect_account_of(page, site, user)
    assert len(posts) == 1, "once the passkey is accepted nothing more is asked or sent"


def test_autofill_is_renewed_before_its_session_ends_and_disturbs_nobody(
    page: Page, site: Site, user: User, remembering: Device
) -> None:
    page.clock.install()
    page.goto(f"{site.url}/sign-in/")
    attempt = page.locator(AUTOFILL)
    expect(page.get_by_role("textbox", name="Username")).to_have_attribute("autocomplete", "username webauthn")
    page.get_by_role("textbox", name="Username").fill("someone el")
    for _ in range(2):
        before = attempt.get_attribute("action")
        page.clock.fast_forward(RENEWAL)
        expect(attempt).not_to_have_attribute("action", str(before))
        expect(attempt).to_have_count(1)
        expect(page.get_by_role("textbox", name="Username")).to_be_focused()
        expect(page.get_by_role("textbox", name="Username")).to_have_value("someone el")

    remembering.touch()
    page.clock.fast_forward(RENEWAL)
    stories.expect_account_of(page, site, user)


def test_autofill_outlives_a_renewal_that_gets_lost(page: Page, site: Site, user: User, remembering: Device) -> None:
    page.clock.install()
    page.goto(f"{site.url}/sign-in/")
    expect(page.locator(AUTOFILL)).to_be_attached()
    page.get_by_role("textbox", name="Username").focus()
    page.route("**/sign-in/passkey/**", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.clock.fast_forward(RENEWAL)
    expect(page.get_by_role("alert")).not_to_be_visible()
    expect(page.get_by_role("textbox", name="Username")).to_be_focused()

    page.unroute_all()
    remembering.touch()
    page.clock.fast_forward(RENEWAL)
    stories.expect_account_of(page, site, user)


def test_autofill_goes_when_the_last_passkey_does(page: Page, site: Site, user: User, remembering: Device) -> None:
    page.clock.install()
    page.goto(f"{site.url}/sign-in/")
    expect(page.locator(AUTOFILL)).to_be_attached()
    people.without_passkeys(site, user)
    page.clock.fast_forward(RENEWAL)
    expect(page.locator(AUTOFILL)).not_to_be_attached()

    remembering.touch()
    page.get_by_role("button", name="Continue").click()
    _sign_in_by_password(page, site, user)


def test_t107_autofill_with_a_passkey_deleted_meanwhile(
    page: Page, site: Site, user: User, remembering: Device
) -> None:
    _before_the_answer(page, lambda: people.without_passkeys(site, user))
    remembering.touch()
    page.goto(f"{site.url}/sign-in/")

    expect(page.get_by_role("alert")).to_contain_text("This passkey was not accepted.")
    _sign_in_by_password(page, site, user)


def test_t107_autofill_for_another_relying_party_is_quiet(
    page: Page, site: Site, user: User, remembering: Device
) -> None:
    with site.asking(WebAuthnConfiguration=ELSEWHERE):
        people.with_passkey(site, user, origin="https://example.com")
        remembering.touch()
        page.goto(f"{site.url}/sign-in/")
        expect(page.locator(AUTOFILL)).to_be_attached()
        expect(page.get_by_role("alert")).not_to_be_visible()
        page.get_by_role("link", name="Try another way").click()
        page.get_by_role("button", name="Continue").click()
        _sign_in_by_password(page, site, user)


def _choose_passkey(page: Page, site: Site, user: User, *, remember: bool = False) -> None:
    stories.begin_choice(page, site, user, remember=remember)
    stories.choose(page, "WEB_AUTHN")


def _expect_a_way_on(page: Page, words: str) -> None:
    expect(page.locator("[data-webauthn-problem]")).to_contain_text(words)
    expect(page.get_by_role("button", name="Use passkey")).to_be_focused()


def _take_another_way(page: Page, site: Site, user: User) -> None:
    page.get_by_role("button", name="Try another way").click()
    _sign_in_by_password(page, site, user)


def _sign_in_by_password(page: Page, site: Site, user: User) -> None:
    stories.choose(page, "PASSWORD")
    page.get_by_label("Password", exact=True).fill(user.password)
    page.get_by_role("button", name="Sign in").click()
    stories.expect_account_of(page, site, user)


def _before_the_answer(page: Page, happens: Callable[[], None]) -> None:
    """Between the device's answer and the site, which gets it a little later."""

    def hold_up(route: Route) -> None:
        if "credential=" in (route.request.post_data or ""):
            happens()
        route.continue_()

    page.route("**/sign-in/*/", hold_up)
