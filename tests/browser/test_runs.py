"""Runs in a browser: the slide show by mouse, keys and by itself; on paper; from the panel."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import inspector_scenes, stories
from tests.browser.conftest import NewContext
from tests.browser.site import Site

SLIDE = re.compile(r"/flows/runs/[\w-]+/(\d+)/(#playing)?$")


@pytest.fixture
def playing(page: Page, site: Site) -> Page:
    """At the first slide."""
    page.clock.install()
    show(page, site)
    return page


def show(page: Page, site: Site) -> None:
    inspector_scenes.run(page, site)
    page.get_by_role("link", name="Play", exact=True).click()
    expect_slide(page, 1)


def expect_slide(page: Page, number: int) -> None:
    expect(page).to_have_title(re.compile(f"^{number} of "))
    found = SLIDE.search(page.url)
    assert found
    assert found[1] == str(number)
    page.wait_for_load_state()  # the keys are for a module, which comes after the title


def test_arrow_keys_go_from_slide_to_slide_and_no_further(page: Page, site: Site) -> None:
    show(page, site)
    page.keyboard.press("ArrowLeft")
    expect_slide(page, 1)
    page.keyboard.press("ArrowRight")
    expect_slide(page, 2)
    page.keyboard.press("ArrowLeft")
    expect_slide(page, 1)
    page.keyboard.press("Alt+ArrowRight")
    expect_slide(page, 1)


def test_a_show_that_plays_by_itself_goes_on_until_it_is_paused(playing: Page) -> None:
    button = playing.get_by_role("button", name="Play by itself")
    button.click()
    playing.clock.fast_forward(8_000)
    expect_slide(playing, 2)
    pause = playing.get_by_role("button", name="Pause")
    expect(pause).to_be_focused()
    pause.press("Enter")
    expect(button).to_be_visible()
    playing.clock.fast_forward(60_000)
    expect_slide(playing, 2)


@pytest.mark.parametrize("interruption", ["Escape", "Tab", "pointer"])
def test_whatever_one_does_stops_a_show_that_plays_by_itself(playing: Page, interruption: str) -> None:
    playing.get_by_role("button", name="Play by itself").click()
    if interruption == "pointer":
        playing.locator("h1").click()
    else:
        playing.keyboard.press(interruption)

    expect(playing.get_by_role("button", name="Play by itself")).to_be_visible()
    playing.clock.fast_forward(60_000)
    expect_slide(playing, 1)


def test_who_wants_less_motion_is_shown_nothing_that_moves_by_itself(new_context: NewContext, site: Site) -> None:
    page = new_context(reduced_motion="reduce").new_page()
    page.clock.install()
    show(page, site)
    expect(page.locator("[data-play]")).to_be_hidden()

    page.goto(f"{page.url}#playing")
    page.reload()
    page.clock.fast_forward(60_000)
    expect_slide(page, 1)


def test_everything_works_without_javascript(new_context: NewContext, site: Site) -> None:
    page = new_context(java_script_enabled=False).new_page()
    inspector_scenes.inspect(page, site)
    user = site.pool.add_user()
    for _ in range(2):
        stories.try_to_sign_in(page, site, user, flow="USER_PASSWORD_AUTH", password="Not the one 7!")
    page.goto(f"{site.url}/flows/runs/")
    page.get_by_role("button", name="Compare this against that").click()
    expect(
        page.get_by_text("They went the same way, call by call").or_(page.get_by_text("Call by call they are"))
    ).to_be_visible()
    page.locator(".heads").get_by_role("link").first.click()
    page.get_by_role("button", name=re.compile("^Keep")).click()
    expect(page.get_by_text("Kept until you let it go.")).to_be_visible()
    page.get_by_role("link", name="Play", exact=True).click()
    expect(page.locator("[data-play]")).to_be_hidden()


def test_on_paper_every_part_stands_open_and_nothing_wants_to_be_clicked(page: Page, site: Site) -> None:
    inspector_scenes.run(page, site)
    page.emulate_media(media="print")

    expect(page.get_by_role("link", name="Play", exact=True)).to_be_hidden()
    expect(page.get_by_text("hides a random number that never leaves its maker")).to_be_visible()
    expect(page.get_by_text("nextStep.signInStep").first).to_be_visible()


@pytest.mark.parametrize(("link", "ending"), [("JSON", "json"), ("Markdown", "md")])
def test_a_run_can_be_taken_along(page: Page, site: Site, link: str, ending: str) -> None:
    inspector_scenes.run(page, site)
    with page.expect_download() as download:
        page.get_by_role("link", name=link, exact=True).click()

    assert re.fullmatch(rf"user-srp-auth-user-[0-9a-f]+-\d{{8}}-\d{{6}}\.{ending}", download.value.suggested_filename)


def test_a_message_of_the_diagram_leads_to_its_call(page: Page, site: Site) -> None:
    inspector_scenes.run(page, site)
    page.locator(".sequence a").filter(has_text="RespondToAuthChallenge").first.click()

    expect(page).to_have_url(re.compile("#entry-2$"))
    expect(page.locator("#entry-2")).to_be_in_viewport()


@pytest.mark.parametrize("width", [360, 1280])
def test_t125_a_name_of_one_long_word_makes_no_page_wider(page: Page, site: Site, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    inspector_scenes.inspect(page, site)
    page.goto(f"{site.url}/sign-in/?flow=USER_PASSWORD_AUTH&new=1")
    page.get_by_label("Username").fill("W" * 128)
    page.get_by_label("Password", exact=True).fill("Not the one 7!")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Incorrect username or password.")
    page.goto(f"{site.url}/flows/runs/")
    run = page.get_by_role("link", name="USER_PASSWORD_AUTH").first.get_attribute("href")
    for address in ("/flows/runs/", run, f"{run}1/", f"{run}delete/"):
        page.goto(f"{site.url}{address}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
