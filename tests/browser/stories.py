"""What a person does in the browser, told once for tests and pictures alike."""

from typing import Any

from playwright.sync_api import CDPSession, Page, Route, expect

from tests.browser.site import Site
from tests.pools import User


def start(page: Page, site: Site, *, flow: str = "") -> None:
    """Open the sign-in form of one flow (default: the site's first, SRP)."""
    page.goto(f"{site.url}/sign-in/?new=1" + (f"&flow={flow}" if flow else ""))


def fill(page: Page, username: str, password: str) -> None:
    """Into the form that is seen: without scripts that is another one than with them."""
    page.get_by_label("Username").filter(visible=True).fill(username)
    page.get_by_label("Password", exact=True).filter(visible=True).fill(password)


def submit(page: Page) -> None:
    page.get_by_role("button", name="Sign in").click()


def try_to_sign_in(page: Page, site: Site, user: User, *, flow: str = "", **instead: Any) -> None:
    """From an empty browser to whatever comes after the button. ``instead``: another username or password."""
    start(page, site, flow=flow)
    fill(page, instead.get("username", user.username), instead.get("password", user.password))
    submit(page)


def sign_in(page: Page, site: Site, user: User, *, flow: str = "") -> None:
    """All the way to the account page."""
    try_to_sign_in(page, site, user, flow=flow)
    expect_account_of(page, site, user)


def expect_account_of(page: Page, site: Site, user: User) -> None:
    expect(page).to_have_url(f"{site.url}/account/")
    expect(page.get_by_role("heading", level=1)).to_have_text(user.username)


def no_posts(route: Route) -> None:
    """A network that loses every form."""
    if route.request.method == "POST":
        route.abort()
    else:
        route.continue_()


def hold_posts(route: Route) -> None:
    """A network that keeps every form waiting."""
    if route.request.method != "POST":
        route.continue_()


def interrupted(page: Page, site: Site, user: User) -> None:
    """Up to the password check, where the proof gets lost on the way."""
    page.route("**/sign-in/*/", no_posts)
    try_to_sign_in(page, site, user)
    page.wait_for_url("**/sign-in/*/")
    expect(page.get_by_role("alert")).to_contain_text("could not be reached")
    page.unroute("**/sign-in/*/", no_posts)


def virtual_authenticator(page: Page, **options: Any) -> tuple[CDPSession, str]:
    """A device that keeps passkeys and says yes by itself, plugged into this browser; and its id for more commands."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    plugged = session.send("WebAuthn.addVirtualAuthenticator", {"options": device | options})
    return session, str(plugged["authenticatorId"])


def add_passkey(page: Page, site: Site) -> None:
    """On the account's page, by whoever is signed in, with a virtual authenticator that is there already."""
    page.goto(f"{site.url}/account/passkeys/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Create a passkey").click()
    expect(page.get_by_text("The passkey was added.")).to_be_visible()
