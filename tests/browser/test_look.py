"""Every page, in every scheme and width: accessible, within its column, and quiet in the console."""

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser import axe, challenge_scenes, inspector_scenes, scenes, stories
from tests.browser.conftest import NewContext
from tests.browser.scenes import SCENES, Scene, name_of
from tests.browser.site import Site
from tests.pools import User
from tests.reader.test_pages import FILES, address_of

PHONE = ViewportSize(width=360, height=740)
DESK = ViewportSize(width=1280, height=800)


@pytest.mark.parametrize("scene", SCENES, ids=name_of)
def test_page_fits_a_phone_and_its_fingers_and_axe_finds_nothing(
    new_context: NewContext, site: Site, scene: Scene
) -> None:
    """One visit for all that is to be seen of a page, because getting there takes longest."""
    scripting = scene is not scenes.no_script
    page = new_context(
        viewport=PHONE, has_touch=True, java_script_enabled=scripting, reduced_motion="reduce", color_scheme="light"
    ).new_page()
    scene(page, site)

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    targets = ".button, input:not([type=hidden], [type=checkbox], [type=radio]), label:has(> [type=radio])"
    heights = page.locator(f"main :is({targets})").evaluate_all(
        "all => all.filter(each => each.checkVisibility()).map(each => each.getBoundingClientRect().height)"
    )
    assert all(height >= 44 for height in heights), heights
    if scripting:
        axe.expect_content(page, seen="light, on a phone")
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="dark")
        axe.expect_content(page, seen="dark, on a desk")


def test_every_page_of_the_docs_fits_a_phone(new_context: NewContext, site: Site) -> None:
    """Scenes of the documentation are some of its pages; a long name in any other would do."""
    page = new_context(viewport=PHONE, java_script_enabled=False).new_page()
    too_wide = []
    for file in FILES:
        page.goto(f"{site.url}{address_of(file)}")
        if page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
            too_wide.append(file)
    assert too_wide == []


def look_of(badge: Locator) -> list[str]:
    return badge.evaluate(
        "(each, names) => names.map(name => getComputedStyle(each)[name])",
        ["color", "borderTopColor", "borderTopLeftRadius", "fontSize", "fontWeight", "paddingTop", "paddingLeft"],
    )


def test_badges_of_page_and_inspector_are_each_their_own(page: Page, site: Site) -> None:
    inspector_scenes.inspect(page, site)
    scenes.wrong_password(page, site)
    quiet = look_of(page.locator(".inspector .badge").first)
    scenes.second_factors_on(page, site)
    assert look_of(page.locator(".inspector .badge").first) == quiet
    beside = look_of(page.locator("main .badge").first)
    page.get_by_role("button", name="Stop inspecting").click()
    expect(page.locator(".inspector")).to_have_count(0)
    assert look_of(page.locator("main .badge").first) == beside != quiet


@pytest.mark.parametrize("scene", [scenes.other_ways, challenge_scenes.first_factor], ids=name_of)
def test_focus_is_visible_on_everything_that_takes_it(page: Page, site: Site, scene: Scene) -> None:
    scene(page, site)
    page.locator("body").click(position={"x": 1, "y": 1})
    seen = 0
    for _ in range(9):
        page.keyboard.press("Tab")
        name, outline = page.evaluate(
            "[document.activeElement.outerHTML, getComputedStyle(document.activeElement).outline]"
        )
        if name.startswith("<body"):  # past the last one
            break
        assert outline.endswith("solid 2px"), name
        seen += 1
    assert seen > 5


def test_accent_is_one_variable(page: Page, site: Site) -> None:
    stories.start(page, site)
    page.evaluate("document.documentElement.style.setProperty('--accent', 'rgb(1, 2, 3)')")

    expect(page.get_by_role("button", name="Sign in")).to_have_css("background-color", "rgb(1, 2, 3)")


def test_first_paint_waits_for_no_style_sheet(page: Page, site: Site) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.resource_type))
    stories.start(page, site)

    assert "stylesheet" not in asked
    assert page.locator("script:not([defer], [type=module])").count() == 0


def test_t116_injected_script_and_style_do_nothing(page: Page, site: Site, complaints: list[str]) -> None:
    stories.start(page, site)
    with page.expect_console_message(lambda message: "event handler" in message.text):  # once the picture is missed
        page.evaluate(
            "document.body.insertAdjacentHTML("
            "'beforeend', '<img src=x onerror=\"hit = 1\"><style>h1{color:red}</style>')"
        )
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), { text: 'window.hit = 1' }))")

    page.wait_for_timeout(200)
    assert page.evaluate("window.hit") is None
    assert any("Content Security Policy" in complaint for complaint in complaints)
    complaints.clear()


def test_t116_style_that_an_extension_leaves_on_a_field_is_copied_to_no_other(page: Page, site: Site) -> None:
    """As password managers and screenshot tools do. Copied by htmx, it would be inline style, and a complaint."""
    stories.start(page, site)
    page.get_by_label("Username").evaluate("field => { field.style.caretColor = 'red'; field.style.caretColor = '' }")
    stories.fill(page, "nobody", "Not the password 1!")
    stories.submit(page)

    expect(page.get_by_role("alert")).to_have_text("Incorrect username or password.")
    expect(page.get_by_label("Username")).not_to_have_attribute("style", "")


@pytest.mark.parametrize(
    "canary", ["<img src=x onerror=hit=1>", "'\"><script>hit=1</script>", '<p hx-get="/" hx-trigger="load">']
)
def test_t119_what_people_call_themselves_is_text(page: Page, site: Site, user: User, canary: str) -> None:
    attributes = [{"Name": "name", "Value": canary}]
    site.pool.cognito.admin_update_user_attributes(
        UserPoolId=site.pool.pool_id, Username=user.username, UserAttributes=attributes
    )
    stories.try_to_sign_in(page, site, user, username=canary, password="Not the one 7!")
    expect(page.get_by_role("alert")).to_have_text("Incorrect username or password.")
    expect(page.get_by_label("Username")).to_have_value(canary)
    stories.fill(page, user.username, user.password)
    stories.submit(page)

    expect(page.get_by_role("heading", level=1)).to_have_text(canary)
    assert page.evaluate("window.hit") is None


def test_t120_htmx_neither_evaluates_nor_calls_other_hosts(page: Page, site: Site) -> None:
    stories.start(page, site)
    config = page.evaluate("htmx.config")

    assert (config["allowEval"], config["allowScriptTags"], config["selfRequestsOnly"]) == (False, False, True)
    assert (config["historyCacheSize"], config["includeIndicatorStyles"]) == (0, False)


def test_copy_button_copies(new_context: NewContext, site: Site) -> None:
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(site.url)
    row = page.get_by_role("row", name="alice")
    row.get_by_role("button", name="Copy").click()

    expect(row.get_by_role("button")).to_contain_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == row.locator("code").nth(1).inner_text()
