"""Signing in by SRP in a real browser: it works, and the password stays there."""

import base64
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote, unquote_plus

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from tests import jwts
from tests.browser import stories
from tests.browser.site import Site
from tests.pools import User

E5 = "The sign-in service is not answering. Nothing was changed."


@dataclass
class Wire:
    """Everything that leaves the browser, and what the server wrote about it."""

    site: Site
    requests: list[Request] = field(default_factory=list)

    def watch(self, page: Page) -> "Wire":
        page.on("request", self._keep)
        return self

    def _keep(self, request: Request) -> None:
        self.requests.append(request)

    def posts(self) -> list[Request]:
        return [request for request in self.requests if request.method == "POST"]

    def places_with(self, secret: str) -> list[str]:
        """Where ``secret`` is found, however a form, a header, a script or a log would spell it."""
        raw = secret.encode()
        # Base64 at each of the three offsets in a longer text, without the characters that its neighbours change.
        base64s = [base64.b64encode(b"\0" * pad + raw)[4 if pad else 0 : -4].decode() for pad in range(3)]
        ways = [secret, json.dumps(secret)[1:-1], raw.hex(), raw.hex().upper(), *base64s]
        texts = [(place, spelt) for place, text in self._texts() for spelt in (text, unquote(text), unquote_plus(text))]
        return sorted({place for place, text in texts if any(way in text for way in ways)})

    def _texts(self) -> list[tuple[str, str]]:
        texts = [("log", self.site.live.log)]
        for request in self.requests:
            body = (request.post_data_buffer or b"").decode("utf-8", "replace")
            headers = json.dumps(request.all_headers())
            texts += [("url", request.url), ("headers", headers), (f"body of {request.method}", body)]
        return texts


@pytest.fixture
def wire(page: Page, site: Site) -> Wire:
    return Wire(site).watch(page)


def test_password_never_leaves_the_browser(page: Page, site: Site, user: User, wire: Wire) -> None:
    stories.sign_in(page, site, user)

    assert len(wire.posts()) == 2, "start and proof"
    assert wire.places_with(user.username) != [], "the search itself works"
    assert wire.places_with(user.password) == []


def test_the_same_search_finds_a_password_that_is_posted(page: Page, site: Site, user: User, wire: Wire) -> None:
    stories.sign_in(page, site, user, flow="USER_PASSWORD_AUTH")

    assert wire.places_with(user.password) == ["body of POST"]


def test_nothing_is_left_behind_in_the_browser(page: Page, site: Site, user: User) -> None:
    stories.sign_in(page, site, user)

    stored = page.evaluate("({ ...localStorage, ...sessionStorage })")
    assert stored in ({}, {"htmx-current-path-for-history": "/account/"}), "htmx keeps the address it shows"
    assert all(cookie["httpOnly"] and not jwts.found(cookie["value"]) for cookie in page.context.cookies())
    assert not jwts.found(page.content()), "T082: no token in the page"


def test_wrong_password_keeps_the_username_and_asks_again(page: Page, site: Site, user: User, wire: Wire) -> None:
    stories.try_to_sign_in(page, site, user, password="Not the one 7!")

    expect(page.get_by_role("alert")).to_have_text("Incorrect username or password.")
    expect(page.get_by_label("Username")).to_have_value(user.username)
    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    expect(page.get_by_label("Password", exact=True)).to_have_value("")
    assert wire.places_with("Not the one 7!") == []

    page.keyboard.type(user.password)
    page.keyboard.press("Enter")
    stories.expect_account_of(page, site, user)


def test_reload_in_mid_flow_resumes_the_step(page: Page, site: Site, user: User, wire: Wire) -> None:
    stories.interrupted(page, site, user)
    page.reload()

    expect(page.get_by_label("Username")).to_have_value(user.username)
    page.get_by_label("Password", exact=True).fill(user.password)
    stories.submit(page)
    stories.expect_account_of(page, site, user)
    assert wire.places_with(user.password) == []


def test_proof_that_got_lost_can_be_made_again_without_a_reload(page: Page, site: Site, user: User) -> None:
    stories.interrupted(page, site, user)

    page.get_by_label("Password", exact=True).fill(user.password)
    stories.submit(page)
    stories.expect_account_of(page, site, user)


@pytest.mark.parametrize("zero", ["0", "N", "2N"])
def test_t009_no_proof_for_a_server_that_sends_b_zero_mod_n(
    page: Page, site: Site, user: User, wire: Wire, zero: str, group_n: int
) -> None:
    value = {"0": "0", "N": f"{group_n:x}", "2N": f"{2 * group_n:x}"}[zero]

    def tamper(route: Route) -> None:
        answer = route.fetch()
        before, _, after = answer.text().partition('data-srp-b="')
        route.fulfill(response=answer, body=f'{before}data-srp-b="{value}"{after[after.index(chr(34)) + 1 :]}')

    page.route("**/sign-in/", lambda route: tamper(route) if route.request.method == "POST" else route.continue_())
    stories.try_to_sign_in(page, site, user)

    expect(page.get_by_role("alert")).to_have_text(E5)
    expect(page.get_by_label("Password", exact=True)).to_be_enabled()
    assert len(wire.posts()) == 1, "the start, and no proof"


@pytest.mark.parametrize("blocked", ["srp-form", "srp-form|htmx", r"srp\.", "ui"])
def test_t068_without_its_script_the_form_does_not_post_the_password(
    new_context: Callable[..., BrowserContext],
    site: Site,
    user: User,
    blocked: str,
) -> None:
    page = new_context().new_page()
    wire = Wire(site).watch(page)
    pattern = re.compile(f"/static/.*({blocked})")
    page.route(pattern, lambda route: route.abort())
    stories.try_to_sign_in(page, site, user)

    expect(page.get_by_role("alert")).to_contain_text("Reload")
    assert wire.places_with(user.password) == []


def test_t068_htmx_missing_is_told_before_anything_is_sent(page: Page, site: Site, user: User, wire: Wire) -> None:
    page.route("**/static/django_htmx/**", lambda route: route.abort())
    stories.try_to_sign_in(page, site, user)

    expect(page.get_by_role("alert")).to_contain_text("did not load completely")
    assert wire.posts() == []


def test_without_webcrypto_the_page_says_why(page: Page, site: Site, user: User, wire: Wire) -> None:
    """What a browser does on http:// anywhere but on localhost."""
    page.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    stories.try_to_sign_in(page, site, user)

    expect(page.get_by_role("alert")).to_contain_text("https")
    assert wire.posts() == []


@pytest.mark.parametrize("days", [-1, 1])
def test_t011_german_browser_with_a_wrong_clock_signs_in(
    new_context: Callable[..., BrowserContext], site: Site, user: User, days: int
) -> None:
    page = new_context(locale="de-DE", timezone_id="Asia/Kathmandu").new_page()
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=days))

    stories.sign_in(page, site, user)


def test_a_is_computed_while_the_person_types(page: Page, site: Site) -> None:
    """So that the click waits for the key only. Seen from outside: the 64 random bytes are drawn before the click."""
    page.add_init_script(
        "const draw = crypto.getRandomValues.bind(crypto);"
        "crypto.getRandomValues = (array) => {"
        "  document.documentElement.dataset.drawn = array.length;"
        "  return draw(array);"
        "}"
    )
    stories.start(page, site)
    expect(page.locator("html[data-drawn]")).to_have_count(0)

    page.get_by_label("Username").press_sequentially("al")
    expect(page.locator("html")).to_have_attribute("data-drawn", "64")
