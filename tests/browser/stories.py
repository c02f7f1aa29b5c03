"""What a person does in the browser, told once for tests and pictures alike."""

from base64 import b64encode
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from playwright.sync_api import CDPSession, Page, Route, expect

from tests.authenticator import Authenticator
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
    page.wait_for_load_state()  # a heading is seen before the page is whole, and before its modules run


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


@dataclass(frozen=True, slots=True)
class Device:
    """A virtual authenticator. ``send`` takes a command of the DevTools protocol's domain WebAuthn."""

    session: CDPSession
    id: str

    def send(self, command: str, **parameters: Any) -> dict[str, Any]:
        return dict(self.session.send(f"WebAuthn.{command}", {"authenticatorId": self.id, **parameters}))

    def wait_for_a_person(self) -> None:
        """Nobody touches it from now on."""
        self.send("setAutomaticPresenceSimulation", enabled=False)

    def touch(self) -> None:
        """It is touched whenever it asks from now on; what asks already goes on waiting."""
        self.send("setAutomaticPresenceSimulation", enabled=True)

    def recognise(self, person: bool) -> None:
        """Whether fingerprint, face or PIN are those of its owner."""
        self.send("setUserVerified", isUserVerified=person)


def virtual_authenticator(page: Page, **options: Any) -> Device:
    """A device that keeps passkeys and says yes by itself, plugged into this browser."""
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
    return Device(session, str(plugged["authenticatorId"]))


def plug_in(page: Page, keeper: Authenticator, **options: Any) -> Device:
    """A virtual authenticator with the passkeys that ``keeper`` made."""
    device = virtual_authenticator(page, **options)
    for passkey in keeper.passkeys:
        key = passkey.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        credential = {
            "credentialId": b64encode(passkey.id).decode(),
            "isResidentCredential": True,
            "rpId": passkey.rp_id,
            "privateKey": b64encode(key).decode(),
            "userHandle": b64encode(passkey.user_handle).decode(),
            "signCount": passkey.sign_count,
        }
        device.send("addCredential", credential=credential)
    return device


def add_passkey(page: Page, site: Site) -> None:
    """On the account's page, by whoever is signed in, with a virtual authenticator that is there already."""
    page.goto(f"{site.url}/account/passkeys/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Create a passkey").click()
    expect(page.get_by_text("The passkey was added.")).to_be_visible()


def sign_out(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/account/")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_text("You are signed out")).to_be_visible()


def begin_choice(page: Page, site: Site, user: User, *, remember: bool = False) -> None:
    """USER_AUTH up to the choice of a first factor. ``remember``: the browser may keep the username."""
    page.goto(f"{site.url}/sign-in/?flow=USER_AUTH&new=1&preferred=")
    page.get_by_role("textbox", name="Username").fill(user.username)
    page.get_by_label("Remember").set_checked(remember)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How would you like to sign in?")


def choose(page: Page, factor: str) -> None:
    """One of the buttons of a choice, by the name that the API has for it."""
    page.locator(f"button[name=answer][value={factor}]").click()
