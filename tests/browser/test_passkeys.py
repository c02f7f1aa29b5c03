"""A passkey made on the account's page, in Chromium with a virtual authenticator; and every way in which that ends."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import stories
from tests.browser.site import Site
from tests.pools import User

ADD = "/account/passkeys/add/"


@pytest.fixture
def signed_in(page: Page, site: Site, user: User) -> Page:
    stories.sign_in(page, site, user)
    return page


def test_a_passkey_is_made_listed_and_deleted(signed_in: Page, site: Site) -> None:
    device = stories.virtual_authenticator(signed_in)
    stories.add_passkey(signed_in, site)
    [kept] = device.send("getCredentials")["credentials"]
    assert kept["isResidentCredential"]
    assert kept["rpId"] == "localhost"
    expect(signed_in.get_by_text("Kept by a device or its password manager")).to_be_visible()

    signed_in.get_by_role("link", name="Delete").click()
    signed_in.get_by_role("button", name="Delete it").click()
    expect(signed_in.get_by_text("The passkey was deleted here.")).to_be_visible()
    expect(signed_in.get_by_text("You have no passkey yet.")).to_be_visible()


def test_t107_a_device_that_knows_the_account_already_says_so(signed_in: Page, site: Site) -> None:
    stories.virtual_authenticator(signed_in)
    stories.add_passkey(signed_in, site)
    signed_in.goto(site.url + ADD)
    _expect_a_way_on(signed_in, "already keeps a passkey")


def test_t107_cancelled(signed_in: Page, site: Site) -> None:
    device = stories.virtual_authenticator(signed_in, isUserVerified=False)
    signed_in.goto(site.url + ADD)
    _expect_a_way_on(signed_in, "No passkey was made")
    device.recognise(True)
    signed_in.get_by_role("button", name="Create a passkey").click()
    expect(signed_in.get_by_text("The passkey was added.")).to_be_visible()


def test_t107_no_passkeys_in_this_browser(signed_in: Page, site: Site) -> None:
    signed_in.add_init_script("delete window.PublicKeyCredential")
    signed_in.goto(site.url + ADD)
    _expect_a_way_on(signed_in, "offers no passkeys here")


def test_t107_offline(signed_in: Page, site: Site) -> None:
    """The passkey is made and its registration gets lost: the form is there, and the next try goes through."""
    stories.virtual_authenticator(signed_in)
    signed_in.goto(site.url + ADD)
    signed_in.route(f"**{ADD}", stories.no_posts)
    signed_in.get_by_role("button", name="Create a passkey").click()
    expect(signed_in.get_by_role("alert").first).to_contain_text("could not be reached")
    signed_in.unroute(f"**{ADD}", stories.no_posts)
    signed_in.get_by_role("button", name="Create a passkey").click()
    expect(signed_in.get_by_text("The passkey was added.")).to_be_visible()


def test_t107_a_relying_party_of_another_site(signed_in: Page, site: Site) -> None:
    stories.virtual_authenticator(signed_in)
    with site.asking(WebAuthnConfiguration={"RelyingPartyId": "example.com"}):
        signed_in.goto(site.url + ADD)
        _expect_a_way_on(signed_in, "do not count at this address")


def test_a_browser_without_parsers_of_its_own(signed_in: Page, site: Site) -> None:
    """Safari before 18.4: base64url by hand, there and back."""
    signed_in.add_init_script(
        "for (const name of ['parseCreationOptionsFromJSON', 'parseRequestOptionsFromJSON'])"
        " delete PublicKeyCredential[name]; delete PublicKeyCredential.prototype.toJSON"
    )
    stories.virtual_authenticator(signed_in)
    stories.add_passkey(signed_in, site)


def test_the_keyboard_is_enough(signed_in: Page, site: Site) -> None:
    stories.virtual_authenticator(signed_in)
    signed_in.goto(site.url + ADD)
    signed_in.get_by_role("button", name="Create a passkey").focus()
    signed_in.keyboard.press("Enter")
    expect(signed_in.get_by_text("The passkey was added.")).to_be_visible()


def _expect_a_way_on(page: Page, words: str) -> None:
    button = page.get_by_role("button", name="Create a passkey")
    button.click()
    expect(page.locator("[data-webauthn-problem]")).to_contain_text(words)
    expect(button).to_be_focused()
    expect(button).not_to_have_attribute("aria-disabled", "true")
    expect(page.get_by_role("link", name="Back to your passkeys")).to_be_visible()
