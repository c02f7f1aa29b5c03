"""The inspector's panel, and the pages of what it kept, as ways to get there."""

from playwright.sync_api import Page, expect

from tests.browser import stories
from tests.browser.site import Site


def inspect(page: Page, site: Site) -> None:
    """By the button at the foot of the page."""
    stories.start(page, site)
    page.get_by_role("button", name="Inspect what goes over the wire").click()
    expect(page.get_by_role("complementary", name="Inspector")).to_be_visible()


def inspected(page: Page, site: Site) -> None:
    """Beside the account page, after SRP; on a phone the sheet is down."""
    inspect(page, site)
    stories.sign_in(page, site, site.pool.add_user(), flow="USER_SRP_AUTH")


def runs_none(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/flows/runs/")


def runs(page: Page, site: Site) -> None:
    """A wrong password, then the right one."""
    inspect(page, site)
    user = site.pool.add_user()
    stories.try_to_sign_in(page, site, user, flow="USER_SRP_AUTH", password="Not the one 7!")
    expect(page.get_by_role("alert")).to_have_text("Incorrect username or password.")
    stories.sign_in(page, site, user, flow="USER_SRP_AUTH")
    page.goto(f"{site.url}/flows/runs/")
    expect(page.get_by_role("row")).to_have_count(3)


def runs_kept(page: Page, site: Site) -> None:
    runs(page, site)
    page.get_by_role("button", name="Keep").first.click()
    expect(page.get_by_role("button", name="Let go")).to_be_visible()


def run(page: Page, site: Site) -> None:
    runs(page, site)
    page.get_by_role("link", name="USER_SRP_AUTH").first.click()
    expect(page.get_by_role("heading", name="Call by call")).to_be_visible()
    page.get_by_text("The same in words").click()


def run_with_functions(page: Page, site: Site) -> None:
    """CUSTOM_AUTH: four who say something."""
    inspect(page, site)
    page.goto(f"{site.url}/sign-in/?flow=CUSTOM_WITHOUT_SRP&new=1")
    page.get_by_label("Username").fill(site.pool.add_user().username)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/sign-in/*/")
    page.goto(f"{site.url}/flows/runs/")
    page.get_by_role("rowheader").get_by_role("link", name="CUSTOM_WITHOUT_SRP").click()
    expect(page.locator(".sequence")).to_contain_text("Lambda")


def run_name_refused(page: Page, site: Site) -> None:
    run(page, site)
    page.get_by_label("Name").evaluate("field => field.removeAttribute('maxlength')")
    page.get_by_label("Name").fill("n" * 101)
    page.get_by_role("button", name="Save and keep").click()
    expect(page.locator("[aria-invalid=true]")).to_be_visible()


def run_code(page: Page, site: Site) -> None:
    """The last call in other stacks, on a page of its own: with blanks."""
    run(page, site)
    address = page.locator(".code-part").last.get_attribute("hx-get")
    page.goto(f"{site.url}{address}")
    page.get_by_role("tab", name="boto3").click()
    expect(page.locator(".hl-blank").filter(visible=True).first).to_be_visible()


def run_slide(page: Page, site: Site) -> None:
    run(page, site)
    page.get_by_role("link", name="Play", exact=True).click()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("RespondToAuthChallenge")


def runs_compared(page: Page, site: Site) -> None:
    runs(page, site)
    page.get_by_role("button", name="Compare this against that").click()
    expect(page.get_by_text("They went the same way for the first call, then parted.")).to_be_visible()


def runs_not_compared(page: Page, site: Site) -> None:
    runs(page, site)
    page.goto(f"{site.url}/flows/runs/compare/?a=gone&b=gone")


def run_delete(page: Page, site: Site) -> None:
    runs(page, site)
    page.get_by_role("link", name="Delete").first.click()
    expect(page.get_by_role("heading", name="Delete this run?")).to_be_visible()


SCENES = (
    inspected,
    runs_none,
    runs,
    runs_kept,
    run,
    run_with_functions,
    run_name_refused,
    run_code,
    run_slide,
    runs_compared,
    runs_not_compared,
    run_delete,
)
