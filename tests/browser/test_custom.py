"""Custom challenges in Chromium: pictures, links, Google's script, and a password that stays where it is."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import pytest
import requests
from playwright.sync_api import BrowserContext, FrameLocator, Page, ViewportSize, expect
from pytest_django import Settings

from flows.triggers import create_auth_challenge, define_auth_challenge, verify_auth_challenge_response
from flows.triggers.events import Refused
from flows.triggers.kinds import Person, captcha
from flows.triggers.number_words import in_words
from tests.browser import axe, google, stories
from tests.browser import site as sites
from tests.browser.conftest import NewContext
from tests.browser.google import StandIn
from tests.browser.site import Site
from tests.browser.test_srp import Wire
from tests.flows.questions import ANSWER, ATTEMPT, Questions, token
from tests.lambda_api import ARN, Event, Functions, Raises, running
from tests.live import Live
from tests.pools import User
from tests.triggers.google import GOOD

ENTRIES = ["CUSTOM_WITHOUT_SRP", "CUSTOM_WITH_SRP", "USER_SRP_AUTH"]
EVERY_FLOW = ["ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
PHONE = ViewportSize(width=360, height=740)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SECONDS = """audio => new Promise((done) => {
  audio.onloadedmetadata = () => done(audio.duration);
  audio.onerror = () => done(0);
  audio.load();
})"""
NOT_PASSED = "The check was not passed. Please try it again."
NUMBERS = [in_words(number) for number in range(21)]
V3 = {"score": 0.9, "action": "sign_in"}


# -- A server of these tests' own: its functions are theirs, and its Google is here -----------------------------------
@pytest.fixture(scope="module")
def functions() -> Iterator[Functions]:
    with running() as functions:
        yield functions


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    with google.standing_in(tmp_path_factory.mktemp("google")) as stand_in:
        yield stand_in


@pytest.fixture(scope="module")
def custom_live(tmp_path_factory: pytest.TempPathFactory, functions: Functions, stand_in: StandIn) -> Iterator[Live]:
    variables = {
        "SIGN_IN_FLOWS": ",".join(ENTRIES),
        "LAMBDA_ENDPOINT_URL": functions.url,
        "RECAPTCHA_DOMAIN": stand_in.domain,
        "LAMBDA_ENVIRONMENT": json.dumps({"CHALLENGES": "question,link", "LINK_ANSWER_SECONDS": "0"}),
    }
    with Live(tmp_path_factory.mktemp("custom"), **variables) as server:
        yield server


@pytest.fixture
def site(custom_live: Live) -> Site:
    return sites.of(custom_live)


@pytest.fixture
def questions(site: Site, functions: Functions) -> Questions:
    asked = Questions(functions)
    cognito, pool_id = site.pool.cognito, site.pool.pool_id
    cognito.update_user_pool(UserPoolId=pool_id, LambdaConfig=asked.config())
    cognito.update_user_pool_client(
        UserPoolId=pool_id,
        ClientId=site.live.client("every-flow")["clientId"],
        ClientName="every-flow",
        ExplicitAuthFlows=EVERY_FLOW,
        PreventUserExistenceErrors="ENABLED",
    )
    return asked


@pytest.fixture
def recaptcha(
    questions: Questions,
    stand_in: StandIn,
    new_context: NewContext,
    complaints: list[str],
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
) -> Iterator[StandIn]:
    """The project's own functions ask for a reCAPTCHA, and Google is the stand-in: the one other host there is."""
    settings.RECAPTCHA_DOMAIN = stand_in.domain
    for name, value in {**stand_in.variables, "CHALLENGES": "recaptcha", "CHALLENGE_TRIES": "2"}.items():
        monkeypatch.setenv(name, value)
    questions.functions.add(
        DefineAuthChallenge=_handler(define_auth_challenge),
        CreateAuthChallenge=_handler(create_auth_challenge),
        VerifyAuthChallengeResponse=_handler(verify_auth_challenge_response),
    )
    stand_in.token = "good"
    stand_in.google.answers = {"good": GOOD, "bad": {"success": False, "error-codes": ["invalid-input-response"]}}
    stand_in.google.used.clear()
    yield stand_in
    its_own = f"another host: https://{stand_in.domain}/recaptcha/"
    complaints[:] = [each for each in complaints if not each.startswith(its_own)]


def _handler(module: ModuleType) -> Any:
    def function(event: Event) -> Event:
        try:
            return dict(module.handler(event, object()))
        except Refused as refused:
            raise Raises(str(refused)) from None

    return function


def begin(page: Page, site: Site, username: str) -> None:
    page.goto(f"{site.url}/sign-in/?flow=CUSTOM_WITHOUT_SRP&new=1")
    page.get_by_label("Username").fill(username)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/sign-in/*/", wait_until="domcontentloaded")


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1).filter(visible=True)).to_have_text(text)


# -- The password ------------------------------------------------------------------------------------------------------
def test_with_srp_the_password_never_leaves_the_browser(
    page: Page, site: Site, user: User, questions: Questions
) -> None:
    questions.kinds, questions.first = ("captcha",), ("SRP_A", "PASSWORD_VERIFIER")
    wire = Wire(site).watch(page)
    stories.try_to_sign_in(page, site, user, flow="CUSTOM_WITH_SRP")
    heading(page, "What does the picture say?")
    assert len(wire.posts()) == 2, "start and proof"
    page.get_by_label("What you read or hear").fill(ANSWER)
    go_on(page)
    stories.expect_account_of(page, site, user)

    assert wire.places_with(user.username) != [], "the search itself works"
    assert wire.places_with(user.password) == []
    asked = [each["challengeName"] for each in questions.functions.last("Define")["request"]["session"]]
    assert asked == ["SRP_A", "PASSWORD_VERIFIER", "CUSTOM_CHALLENGE"]


def test_the_old_way_forgets_the_password_at_once(page: Page, site: Site, user: User, questions: Questions) -> None:
    """SRP_A, and then a custom challenge instead of the proof."""
    questions.first = ("SRP_A",)
    wire = Wire(site).watch(page)
    stories.try_to_sign_in(page, site, user, flow="CUSTOM_WITH_SRP")
    page.get_by_label("What you read or hear").fill(ANSWER)
    go_on(page)
    stories.expect_account_of(page, site, user)
    assert wire.places_with(user.password) == []


# -- The picture -------------------------------------------------------------------------------------------------------
def drawn(questions: Questions) -> str:
    """A real picture and a real voice, as the project's own function makes them; returns what they say."""
    made = captcha.ask(Person(attributes={}, exists=True))
    questions.public["captcha"] = made.public
    return made.private["answer"]


def test_captcha_seen_heard_mistaken_and_solved(page: Page, site: Site, user: User, questions: Questions) -> None:
    says = drawn(questions)
    begin(page, site, user.username)
    picture, field = page.get_by_role("img", name="Picture of the characters"), page.get_by_label("What you read")
    expect(field).to_be_focused()
    assert picture.evaluate("async image => (await image.decode(), image.naturalWidth)") == captcha.WIDTH
    sound = page.locator("audio")
    assert sound.evaluate(SECONDS) > 1
    assert says not in page.content(), "T057"
    first = picture.get_attribute("src")

    field.fill("000000")
    go_on(page)
    expect(page.get_by_role("alert")).to_have_text("That was not right. Here is another one.")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    assert picture.get_attribute("src") != first
    assert picture.evaluate("async image => (await image.decode(), image.naturalWidth)") == captcha.WIDTH
    field.fill(ANSWER)
    page.keyboard.press("Enter")
    stories.expect_account_of(page, site, user)


def test_giving_up_keeps_the_name(page: Page, site: Site, user: User, questions: Questions) -> None:
    questions.tries = 1
    begin(page, site, user.username)
    page.get_by_label("What you read").fill("000000")
    go_on(page)
    expect(page.get_by_role("alert")).to_have_text("You are not signed in. You can start again.")
    expect(page.get_by_label("Username")).to_have_value(user.username)


# -- The link ----------------------------------------------------------------------------------------------------------
def test_link_in_the_same_browser(page: Page, site: Site, user: User, questions: Questions) -> None:
    questions.kinds = ("link",)
    begin(page, site, user.username)
    opened = page.context.new_page()
    wire = Wire(site).watch(opened)
    opened.goto(f"{site.url}/sign-in/link/#{token()}")
    heading(opened, "Sign in")
    expect(opened.get_by_text(user.username)).to_be_visible()
    expect(opened, "the token is out of the address").to_have_url(f"{site.url}/sign-in/link/")
    assert wire.posts() == [], "and nothing was sent yet"
    opened.get_by_role("button", name="Sign in").click()
    stories.expect_account_of(opened, site, user)
    assert wire.places_with(token()) == ["body of POST"], "T057"


def test_the_demos_own_functions_ask_a_question_and_send_a_link(
    page: Page, site: Site, user: User, questions: Questions
) -> None:
    """As ``make run`` has them, but for the picture, which is not for programs."""
    names = {trigger: re.sub("(?<=.)([A-Z])", r"-\1", trigger).lower() for trigger in questions.config()}
    config = {trigger: f"{ARN}authsite-{name}" for trigger, name in names.items()}
    site.pool.cognito.update_user_pool(UserPoolId=site.pool.pool_id, LambdaConfig=config)
    begin(page, site, user.username)
    heading(page, "Answer a question")
    words = re.search(r"What is (\w+) (plus|minus) (\w+)\?", page.locator("label").inner_text())
    assert words
    first, second = NUMBERS.index(words[1]), NUMBERS.index(words[3])
    page.get_by_role("textbox").fill(str(first + second if words[2] == "plus" else first - second))
    go_on(page)
    heading(page, "Open the link in your e-mail")
    expect(page.get_by_role("alert")).to_have_count(0)
    mails = requests.get(site.live.config["outboxUrl"], timeout=10).json()
    sent = next(each for each in reversed(mails) if each["destination"] == user.email)
    link = re.search(rf"{site.url}/sign-in/link/#\S+", sent["text"])
    assert link
    page.goto(link[0])
    page.get_by_role("button", name="Sign in").click()
    stories.expect_account_of(page, site, user)


@pytest.mark.parametrize("attempt", [ATTEMPT, "another-run"], ids=["another browser", "another attempt"])
def test_link_on_another_device_shows_the_code(
    new_context: NewContext, site: Site, user: User, questions: Questions, attempt: str
) -> None:
    questions.kinds = ("link",)
    first = new_context()
    waiting = first.new_page()
    begin(waiting, site, user.username)
    context: BrowserContext = new_context() if attempt == ATTEMPT else first
    opened = context.new_page()
    wire = Wire(site).watch(opened)
    opened.goto(f"{site.url}/sign-in/link/#{token(attempt)}")
    heading(opened, "Your code")
    expect(opened.locator("[data-link-code]")).to_have_text("7391 54")
    expect(opened.get_by_text("Give it to nobody.")).to_be_visible()
    expect(opened.get_by_role("button", name="Sign in")).to_have_count(0)
    expect(opened).to_have_url(f"{site.url}/sign-in/link/")
    assert wire.posts() == []

    waiting.get_by_label("Code from the e-mail").fill("739154")
    waiting.get_by_role("button", name="Sign in").click()
    stories.expect_account_of(waiting, site, user)


def test_t119_a_link_that_is_none_says_so_and_shows_nothing_of_it(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/sign-in/link/")
    heading(page, "Use the code instead")
    no_mac = token().partition(".")[0]
    for broken in ("x", "x.y", no_mac, token(code="call 0800 1234"), token(code="<b>1234</b>"), "%00"):
        page.evaluate("broken => { location.hash = broken }", broken)
        heading(page, "This link is not complete")
        assert "0800" not in page.locator("main").inner_text()
        page.reload()


def test_an_old_link_says_so_and_still_shows_its_code(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/sign-in/link/#{token(exp=1_000_000_000)}")
    expect(page.get_by_text("the code has run out")).to_be_visible()
    expect(page.locator("[data-link-code]")).to_be_visible()


def test_a_link_without_scripts(new_context: NewContext, site: Site) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{site.url}/sign-in/link/#{token()}")
    heading(page, "Use the code instead")
    expect(page.locator("main noscript p")).to_be_visible()  # Playwright looks for texts everywhere but there


# -- Google ------------------------------------------------------------------------------------------------------------
def tick(page: Page) -> None:
    frame: FrameLocator = page.frame_locator("iframe[title=reCAPTCHA]")
    frame.get_by_label("I'm not a robot").check()
    expect(page.locator("form[data-recaptcha] [name=answer]")).not_to_have_value("")  # the frame sends it a message


def open_recaptcha(new_context: NewContext, site: Site, user: User) -> Page:
    page = new_context(ignore_https_errors=True).new_page()  # the stand-in's certificate is of the tests' own authority
    begin(page, site, user.username)
    heading(page, "Show that you are no program")
    return page


def test_recaptcha_checkbox(new_context: NewContext, site: Site, user: User, recaptcha: StandIn) -> None:
    page = open_recaptcha(new_context, site, user)
    expect(page.locator("iframe[title=reCAPTCHA]")).to_be_visible()
    go_on(page)
    expect(page.get_by_role("alert").filter(visible=True)).to_have_text("Tick the box first, and do what it asks.")
    tick(page)
    go_on(page)
    stories.expect_account_of(page, site, user)
    assert [each["response"] for each in recaptcha.google.asked][-1:] == ["good"], "verified once, by the function"


@pytest.mark.parametrize("version", ["v2_invisible", "v3"])
def test_recaptcha_that_nobody_sees(
    new_context: NewContext,
    site: Site,
    user: User,
    recaptcha: StandIn,
    monkeypatch: pytest.MonkeyPatch,
    version: str,
) -> None:
    monkeypatch.setenv("RECAPTCHA_VERSION", version)
    recaptcha.google.answers["good"] = GOOD | (V3 if version == "v3" else {})
    before = len(recaptcha.google.asked)
    page = open_recaptcha(new_context, site, user)
    go_on(page)
    stories.expect_account_of(page, site, user)
    assert len(recaptcha.google.asked) == before + 1


def test_t058_recaptcha_that_is_not_passed(
    new_context: NewContext, site: Site, user: User, recaptcha: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECAPTCHA_VERSION", "v3")
    monkeypatch.setenv("CHALLENGE_TRIES", "5")
    recaptcha.google.answers |= {
        "replayed": {"success": False, "error-codes": ["timeout-or-duplicate"]},
        "low": GOOD | V3 | {"score": 0.1},
        "elsewhere": GOOD | V3 | {"hostname": "elsewhere.example"},
        "other": GOOD | V3 | {"action": "order"},
        "good": GOOD | V3,
    }
    page = open_recaptcha(new_context, site, user)
    for verdict in ("replayed", "low", "elsewhere", "other"):
        recaptcha.token = verdict
        page.reload()
        with page.expect_navigation():
            go_on(page)
        expect(page.get_by_role("alert").filter(has_text=NOT_PASSED)).to_be_visible()
    recaptcha.token = "good"
    page.reload()
    go_on(page)
    stories.expect_account_of(page, site, user)


def test_t058_google_that_does_not_answer_is_no_pass(
    new_context: NewContext, site: Site, user: User, recaptcha: StandIn
) -> None:
    recaptcha.token = "unsure"
    recaptcha.google.answers["unsure"] = 503
    page = open_recaptcha(new_context, site, user)
    tick(page)
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("reCAPTCHA cannot be checked at the moment")
    expect(page.get_by_label("Username")).to_have_value(user.username)


def test_blocked_google_is_said_and_can_be_tried_again(
    new_context: NewContext, site: Site, user: User, recaptcha: StandIn
) -> None:
    context = new_context(ignore_https_errors=True)
    context.route("**/recaptcha/api.js**", lambda route: route.abort())
    page = context.new_page()
    begin(page, site, user.username)
    problem = page.get_by_role("alert").filter(visible=True)
    expect(problem).to_contain_text("could not be loaded")
    expect(page.get_by_role("button", name="Continue")).to_be_focused()
    expect(page.get_by_role("link", name="Sign in another way")).to_be_visible()
    go_on(page)
    expect(problem).to_contain_text("could not be loaded")
    context.unroute("**/recaptcha/api.js**")
    go_on(page)
    expect(page.locator("iframe[title=reCAPTCHA]")).to_be_visible()
    tick(page)
    go_on(page)
    stories.expect_account_of(page, site, user)


def test_google_that_keeps_us_waiting(new_context: NewContext, site: Site, user: User, recaptcha: StandIn) -> None:
    context = new_context(ignore_https_errors=True)
    context.route("**/recaptcha/api.js**", lambda route: None)
    page = context.new_page()
    page.clock.install()
    begin(page, site, user.username)
    heading(page, "Show that you are no program")
    page.clock.fast_forward(11_000)
    expect(page.get_by_role("alert").filter(visible=True)).to_contain_text("could not be loaded")


def test_t058_googles_hosts_are_in_the_policy_of_its_page_only(
    new_context: NewContext, site: Site, user: User, recaptcha: StandIn
) -> None:
    page = new_context(ignore_https_errors=True).new_page()
    policies: dict[str, str] = {}

    def note(response: Any) -> None:
        if response.request.is_navigation_request() and response.ok and response.url.startswith(site.url):
            policies[re.sub(r"/sign-in/[\w-]{20,}/", "/step/", response.url)] = response.headers.get(
                "content-security-policy", ""
            )

    page.on("response", note)
    begin(page, site, user.username)
    heading(page, "Show that you are no program")
    expect(page.get_by_text(f"What you are asked here comes from {recaptcha.domain}")).to_be_visible()
    tick(page)
    go_on(page)
    stories.expect_account_of(page, site, user)
    with_google = {url.removeprefix(site.url) for url, policy in policies.items() if recaptcha.domain in policy}
    assert with_google == {"/step/"}, policies.keys()


# -- The look ----------------------------------------------------------------------------------------------------------
def show(page: Page, site: Site, user: User, questions: Questions, kind: str) -> None:
    """One of the pages."""
    match kind:
        case "start":
            page.goto(f"{site.url}/sign-in/?flow=CUSTOM_WITHOUT_SRP&new=1")
            return
        case "link-here" | "link-elsewhere":
            questions.kinds = ("link",)
            if kind == "link-here":
                begin(page, site, user.username)
            page.goto(f"{site.url}/sign-in/link/#{token(code='73915482')}")
            return
        case "captcha" | "captcha-wrong":
            drawn(questions)
        case "custom":
            questions.public["custom"] = {
                "hint": "The colour of the door, and the number beside it.",
                "address": "https://example.com/a/rather/long/address?which=is-text-and-no-link",
                "picture": "data:image/svg+xml;base64," + "PHN2Zz4" * 100,
            }
    questions.kinds = (kind.removesuffix("-wrong"),)
    begin(page, site, user.username)
    if kind.endswith("-wrong"):
        page.get_by_label("What you read").fill("000000")
        go_on(page)
        expect(page.get_by_role("alert")).to_contain_text("not right")


PAGES = ("start", "captcha", "captcha-wrong", "question", "link", "link-here", "link-elsewhere", "custom")


def test_pages_are_accessible_and_narrow(new_context: NewContext, site: Site, user: User, questions: Questions) -> None:
    page = new_context(viewport=PHONE, has_touch=True, reduced_motion="reduce").new_page()
    for kind in PAGES:
        questions.public.clear()
        show(page, site, user, questions, kind)
        check(page)
        page.context.clear_cookies()


def test_the_page_of_a_recaptcha_is_accessible_and_narrow(
    new_context: NewContext, site: Site, user: User, recaptcha: StandIn
) -> None:
    # Less motion: a colour that is still changing has not the contrast that it will have.
    context = new_context(viewport=PHONE, has_touch=True, reduced_motion="reduce", ignore_https_errors=True)
    page = context.new_page()
    begin(page, site, user.username)
    expect(page.locator("iframe[title=reCAPTCHA]")).to_be_visible()
    check(page)


def check(page: Page) -> None:
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        axe.expect_content(page, seen=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    heights = page.locator("main :is(.button, input:not([type=hidden]))").evaluate_all(
        "all => all.filter(each => each.checkVisibility()).map(each => each.getBoundingClientRect().height)"
    )
    assert all(height >= 44 for height in heights), heights


def test_only_these_steps_load_what_they_need(page: Page, site: Site) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(Path(request.url).name))
    page.goto(f"{site.url}/sign-in/?new=1")
    assert not [name for name in asked if name.startswith(("custom", "recaptcha", "link"))], asked
