"""Pictures of every page, for people to look at: ``python -m tests.browser.screenshots [scene ...]``.

Wide and narrow, light and dark, into tests/browser/screenshots/ (not committed). With ``--readme`` only the picture
that the README shows, at twice the resolution.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route, ViewportSize, sync_playwright

from tests import machine
from tests.browser import stories
from tests.environment import ROOT
from tests.live import Live

FOLDER = Path(__file__).with_name("screenshots")
README = ROOT / "docs" / "images" / "sign-in.png"
VIEWPORTS = {"wide": ViewportSize(width=1280, height=800), "narrow": ViewportSize(width=360, height=740)}
SCHEMES = ("light", "dark")


def landing(page: Page, live: Live) -> None:
    page.goto(live.url)


def sign_in(page: Page, live: Live) -> None:
    stories.start(page, live.url)


def other_ways(page: Page, live: Live) -> None:
    stories.start(page, live.url)
    page.get_by_text("Other ways to sign in").click()


def password_flow(page: Page, live: Live) -> None:
    stories.start(page, live.url, flow="USER_PASSWORD_AUTH")


def wrong_password(page: Page, live: Live) -> None:
    stories.start(page, live.url)
    stories.fill(page, "nobody", "not the password")
    stories.submit(page)
    page.get_by_text("Incorrect username or password").wait_for()


def busy(page: Page, live: Live) -> None:
    stories.start(page, live.url)
    page.route("**/sign-in/", lambda route: None if route.request.method == "POST" else route.continue_())
    stories.fill(page, "alice", "something")
    stories.submit(page)
    page.get_by_role("button", name="Checking…").wait_for()


def verifier_after_reload(page: Page, live: Live) -> None:
    stories.start(page, live.url)
    page.route("**/sign-in/*/", _no_posts)
    stories.fill(page, "alice", "something")
    stories.submit(page)
    page.wait_for_url("**/sign-in/*/")
    page.reload()


def unreachable(page: Page, live: Live) -> None:
    stories.start(page, live.url)
    page.route("**/sign-in/", _no_posts)
    stories.fill(page, "alice", "something")
    stories.submit(page)
    page.get_by_role("alert").filter(has_text="could not be reached").wait_for()


def new_password(page: Page, live: Live) -> None:
    stories.start(page, live.url)
    stories.fill(page, *_credentials(live, "bob"))
    stories.submit(page)
    page.get_by_role("heading", name="Choose a new password").wait_for()


def new_password_refused(page: Page, live: Live) -> None:
    new_password(page, live)
    page.get_by_label("New password").fill("short")
    page.get_by_role("button", name="Save and sign in").click()
    page.locator("[aria-invalid=true]").wait_for()


def expired(page: Page, live: Live) -> None:
    page.goto(f"{live.url}/sign-in/an-attempt-of-long-ago/")


def account(page: Page, live: Live) -> None:
    stories.sign_in(page, live.url, _user(live, "carol"))


def already_signed_in(page: Page, live: Live) -> None:
    account(page, live)
    page.goto(f"{live.url}/sign-in/")


def signed_out(page: Page, live: Live) -> None:
    account(page, live)
    page.get_by_role("button", name="Sign out everywhere").click()
    page.get_by_text("You are signed out").wait_for()


def outbox(page: Page, live: Live) -> None:
    page.goto(f"{live.url}/demo/outbox/")


def not_found(page: Page, live: Live) -> None:
    page.goto(f"{live.url}/nothing-here/")


def open_too_long(page: Page, live: Live) -> None:
    stories.start(page, live.url, flow="USER_PASSWORD_AUTH")
    page.context.clear_cookies()
    stories.fill(page, "alice", "something")
    stories.submit(page)
    page.get_by_role("heading", name="open too long").wait_for()


def no_script(page: Page, live: Live) -> None:
    stories.start(page, live.url)


SCENES: tuple[Callable[[Page, Live], None], ...] = (
    landing,
    sign_in,
    other_ways,
    password_flow,
    wrong_password,
    busy,
    verifier_after_reload,
    unreachable,
    new_password,
    new_password_refused,
    expired,
    account,
    already_signed_in,
    signed_out,
    outbox,
    not_found,
    open_too_long,
    no_script,
)


def _no_posts(route: Route) -> None:
    if route.request.method == "POST":
        route.abort()
    else:
        route.continue_()


def _user(live: Live, name: str) -> dict[str, Any]:
    return next(user for user in live.config["users"] if user["username"] == name)


def _credentials(live: Live, name: str) -> tuple[str, str]:
    user = _user(live, name)
    return user["username"], user["password"]


def take_all(browser: Browser, live: Live, names: list[str]) -> None:
    FOLDER.mkdir(exist_ok=True)
    for scene in SCENES:
        name = scene.__name__.replace("_", "-")
        if names and name not in names:
            continue
        for width, viewport in VIEWPORTS.items():
            for scheme in SCHEMES:
                context = browser.new_context(
                    viewport=viewport, color_scheme=scheme, java_script_enabled=scene is not no_script
                )
                page = context.new_page()
                scene(page, live)
                page.screenshot(path=FOLDER / f"{name}-{width}-{scheme}.png", full_page=True)
                context.close()


def take_readme(browser: Browser, live: Live) -> None:
    README.parent.mkdir(exist_ok=True)
    page = browser.new_page(viewport=ViewportSize(width=960, height=640), color_scheme="light", device_scale_factor=2)
    sign_in(page, live)
    page.get_by_label("Username").fill("alice")
    page.screenshot(path=README)


def main() -> None:
    names = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder, Live(Path(folder)) as live:
        browser = playwright.chromium.launch(
            executable_path=machine.chromium(), args=["--no-sandbox", "--disable-quic"]
        )
        if "--readme" in sys.argv:
            take_readme(browser, live)
        else:
            take_all(browser, live, names)
        browser.close()


if __name__ == "__main__":
    main()
