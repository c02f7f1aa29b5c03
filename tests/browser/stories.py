"""What a person does in the browser, told once for tests and screenshots alike."""

from typing import Any

from playwright.sync_api import Page, expect


def start(page: Page, url: str, *, flow: str = "") -> None:
    """Open the sign-in form of one flow (default: the site's first, SRP)."""
    page.goto(f"{url}/sign-in/?new=1" + (f"&flow={flow}" if flow else ""))


def fill(page: Page, username: str, password: str) -> None:
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password", exact=True).fill(password)


def submit(page: Page) -> None:
    page.get_by_role("button", name="Sign in").click()


def sign_in(page: Page, url: str, user: dict[str, Any], *, flow: str = "") -> None:
    """From the form to the account page."""
    start(page, url, flow=flow)
    fill(page, user["username"], user["password"])
    submit(page)
    expect(page).to_have_url(f"{url}/account/")
