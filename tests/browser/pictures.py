"""The pictures of docs/screenshots: ``make screenshots``, or ``python -m tests.browser.pictures``.

The demonstration's pages as one person comes to see them, at 1280 and 360 pixels, light and dark; what a window shows,
not the page to its end. 64 colours are enough for pages like ours, and keep a picture below 60 kB. The demo's users are
the same every time; ids, clocks and numbers of SRP are not.
"""

import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import tests.environment  # noqa: F401 - first: it decides what the settings read

# isort: split
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser import chromium, panel, site, stories
from tests.browser.site import Site
from tests.environment import ROOT
from tests.live import Live
from tests.pools import User

FOLDER = ROOT / "docs" / "screenshots"
VIEWPORTS = {"1280": ViewportSize(width=1280, height=800), "360": ViewportSize(width=360, height=740)}
SCHEMES = ("light", "dark")
COLOURS = 64
_PHONE = 700  # pixels below which the inspector is a sheet


def gallery(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/flows/")


def flow(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/flows/user-auth-email-otp/")


def playground(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/flows/playground/")


def docs(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/docs/flows/user-srp-auth")


def docs_search(page: Page, site: Site) -> None:
    docs(page, site)
    page.get_by_role("searchbox").press_sequentially("remembered device")
    expect(page.locator(".results mark").first).to_be_visible()


def inspector(page: Page, site: Site) -> None:
    """Judy is asked for a code."""
    panel.switch_on(page, site.url)
    stories.begin_choice(page, site, _of_the_demo(site, "judy"))
    stories.choose(page, "EMAIL_OTP")
    expect(page.get_by_label("Code")).to_be_focused()
    page.locator(".inspector .entry").nth(1).wait_for(state="attached")


def sheet(page: Page, site: Site) -> None:
    """The same, pulled up on a phone; beside a page, what Alice's proof was made of."""
    if _is_phone(page):
        page.locator(".inspector .sheet > summary").click()
        page.locator(".inspector .sheet-body").evaluate("body => body.scrollTo(0, 0)")
        return
    signed_in(page, site)
    proof = page.locator("#entry-2 > .call")
    for summary in ("> summary", "> .part > summary"):
        proof.locator(summary).first.click()
    proof.evaluate("entry => (entry.scrollIntoView(), scrollTo(0, 0))")


def code(page: Page, site: Site) -> None:
    """What the answer was sent with."""
    entry = page.locator("#entry-2")
    entry.get_by_text("The same in your own code").click()
    entry.get_by_role("tab", name="boto3").click()
    entry.locator(".code-part").evaluate("part => (part.scrollIntoView(), scrollTo(0, 0))")


def runs(page: Page, site: Site) -> None:
    """Alice mistypes her password, and does not."""
    page.context.clear_cookies(name="session")  # whoever was signed in for a picture
    alice = _of_the_demo(site, "alice")
    stories.try_to_sign_in(page, site, alice, flow="USER_SRP_AUTH", password="Not the one 7!")
    expect(page.get_by_role("alert")).to_have_text("Incorrect username or password.")
    signed_in(page, site)
    page.goto(f"{site.url}/flows/runs/")


def run(page: Page, site: Site) -> None:
    page.get_by_role("rowheader").get_by_role("link", name="USER_SRP_AUTH").first.click()
    expect(page.get_by_role("heading", name="Call by call")).to_be_visible()


def slide(page: Page, site: Site) -> None:
    page.get_by_role("link", name="Play", exact=True).click()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("RespondToAuthChallenge")


def comparison(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/flows/runs/")
    page.get_by_role("button", name="Compare this against that").click()
    expect(page.get_by_text("They went the same way")).to_be_visible()


def signed_in(page: Page, site: Site) -> None:
    stories.try_to_sign_in(page, site, _of_the_demo(site, "alice"), flow="USER_SRP_AUTH")
    expect(page).to_have_url(f"{site.url}/account/")


@dataclass(frozen=True, slots=True)
class Picture:
    """A page and what it is; each goes on from the one before it, in one browser."""

    take: Callable[[Page, Site], None]
    title: str
    about: str

    @property
    def name(self) -> str:
        return self.take.__name__.replace("_", "-")


PICTURES = (
    Picture(gallery, "The gallery", "Every sign-in flow, to compare and to try: `/flows/`."),
    Picture(flow, "A flow", "What it asks for and what it needs, its map, and the lines that set it up."),
    Picture(inspector, "The inspector", "Beside the sign-in page, one entry for each call. judy is asked for a code."),
    Picture(sheet, "The inspector, closer", "What the browser's proof was made of; on a phone, the sheet pulled up."),
    Picture(code, "The same in your own code", "In other stacks, with this run's values; what is secret is a blank."),
    Picture(runs, "Runs", "What the inspector has seen: alice mistyped her password, and then she did not."),
    Picture(run, "A run", "Call by call, as a sequence and on the map; to keep, to play, to take along."),
    Picture(slide, "A slide", "One call of a run at a time."),
    Picture(comparison, "Two runs", "Side by side, call by call."),
    Picture(playground, "The playground", "What decides a flow, to change on the embedded pool."),
    Picture(docs, "The documentation", "Inside the product: `/docs/`."),
    Picture(docs_search, "Search", "Which knows Cognito's names."),
)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for before in FOLDER.glob("*.png"):
        before.unlink()
    with chromium.running() as browser, tempfile.TemporaryDirectory() as folder, Live(Path(folder)) as live:
        for width in VIEWPORTS:
            for scheme in SCHEMES:
                take_all(browser, site.of(live), width=width, scheme=scheme)
    (FOLDER / "README.md").write_text(index(), encoding="utf-8")


def take_all(browser: Browser, site: Site, *, width: str, scheme: str) -> None:
    context = browser.new_context(viewport=VIEWPORTS[width], color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    for picture in PICTURES:
        picture.take(page, site)
        page.evaluate("document.fonts.ready")
        (FOLDER / _file(picture, width, scheme)).write_bytes(small(page.screenshot(animations="disabled")))
    context.close()


def small(png: bytes) -> bytes:
    """The same picture in so many colours, without dots between them: rare ones count too, as those of code are."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    few = image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
    written = io.BytesIO()
    few.save(written, "PNG", optimize=True)
    return written.getvalue()


def index() -> str:
    """The page that shows them."""
    rows = [
        "# Screenshots",
        "",
        "The [demonstration](../demonstration.md), page by page, in a window of 1280 pixels; links lead to the same",
        "page in the dark and on a phone. `make screenshots` takes all of them anew.",
    ]
    for picture in PICTURES:
        others = [("dark", "1280", "dark"), ("on a phone", "360", "light"), ("on a phone, dark", "360", "dark")]
        links = ", ".join(f"[{text}]({_file(picture, width, scheme)})" for text, width, scheme in others)
        shown = f"![{picture.title}]({_file(picture, '1280', 'light')})"
        rows += ["", f"## {picture.title}", "", picture.about, "", shown, "", f"The same {links}."]
    return "\n".join(rows) + "\n"


def _file(picture: Picture, width: str, scheme: str) -> str:
    return f"{picture.name}-{width}-{scheme}.png"


def _of_the_demo(site: Site, username: str) -> User:
    told = next(each for each in site.live.config["users"] if each["username"] == username)
    return User(username=username, password=told["password"], email=f"{username}@example.com")


def _is_phone(page: Page) -> bool:
    size = page.viewport_size
    return bool(size and size["width"] < _PHONE)


if __name__ == "__main__":
    main()
