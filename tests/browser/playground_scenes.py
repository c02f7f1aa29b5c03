"""The pages of the playground, as ways to get there. None of them changes the pool, which is everybody's."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.site import Site

Scene = Callable[[Page, Site], None]


def playground(page: Page, site: Site) -> None:
    """With a piece of code in each language and a user open."""
    page.goto(f"{site.url}/flows/playground/")
    for name in ("AWS CLI for Which flows may begin", "SAM, CloudFormation for First factors"):
        page.locator("summary").filter(has_text=name).click()
    page.locator("summary").filter(has_text="Terraform for Second factors").click()
    page.locator("#user-heidi > summary").click()
    expect(page.locator("#user-heidi").get_by_text("UserStatus")).to_be_visible()


def playground_set(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/flows/playground/")
    page.get_by_role("button", name="Set First factors").click()
    expect(page.locator("#form-first-factors")).to_contain_text("It was so already")


def playground_refused(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/flows/playground/")
    page.locator("#mfa").get_by_role("radio", name="ON Everybody").check()
    page.get_by_role("button", name="Set Second factors").click()
    expect(page.get_by_role("alert")).to_contain_text("A code cannot be the first factor and the second.")
    page.get_by_label("AuthSessionValidity").fill("99")
    page.get_by_role("button", name="Set How long a challenge waits").click()
    expect(page.locator("#session .errors")).to_contain_text("a whole number from 3 to 15")


def playground_new_demo(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/flows/playground/")
    page.get_by_role("link", name="Make a new demo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Make a new demo?")


SCENES: tuple[Scene, ...] = (playground, playground_set, playground_refused, playground_new_demo)
