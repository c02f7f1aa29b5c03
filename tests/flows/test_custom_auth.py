"""CUSTOM_AUTH through the portal, with functions of the tests' own behind the Lambda Invoke API."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User as DjangoUser
from django.contrib.sessions.models import Session
from pytest_django import Settings

from tests.flows.person import Person
from tests.flows.pools import last_code, require_mfa, with_phone
from tests.flows.portal import Portal
from tests.flows.questions import ANSWER, ATTEMPT, PIXEL, PUBLIC, SOUND, Questions, token
from tests.lambda_api import Functions, Raises, running
from tests.pools import EVERY_FLOW, User, new_password

pytestmark = pytest.mark.django_db
KINDS = ("captcha", "recaptcha", "question", "link", "custom")
# With and without scripts; but a reCAPTCHA needs them (test_without_scripts_a_recaptcha_says_so).
BOTH_WORLDS = [(scripts, kind) for kind in KINDS for scripts in (True, False) if scripts or kind != "recaptcha"]
NAMES = [f"{'htmx' if scripts else 'no-script'}-{kind}" for scripts, kind in BOTH_WORLDS]
every_kind = pytest.mark.parametrize(("person", "kind"), BOTH_WORLDS, indirect=["person"], ids=NAMES)
SAID = {
    "captcha": "That was not right. Here is another one.",
    "recaptcha": "The check was not passed. Please try it again.",
    "question": "That was not right. Try again.",
    "link": "That was not right. Use the link or the code of the same e-mail once more.",
    "custom": "the same is asked once more",
}
GOOGLE = "https://www.google.com/recaptcha/"


@pytest.fixture(scope="module")
def lambda_server() -> Iterator[Functions]:
    with running() as functions:
        yield functions


@pytest.fixture
def functions(lambda_server: Functions, settings: Settings) -> Functions:
    settings.LAMBDA_HANDLERS, settings.LAMBDA_ENDPOINT_URL = {}, lambda_server.url
    settings.SIGN_IN_FLOWS = ["CUSTOM_WITHOUT_SRP", "CUSTOM_WITH_SRP", "USER_PASSWORD_AUTH"]
    lambda_server.by_name.clear()
    lambda_server.events.clear()
    return lambda_server


@pytest.fixture
def questions(portal: Portal, functions: Functions) -> Questions:
    """A pool whose functions ask for one picture, and whose client may begin CUSTOM_AUTH."""
    portal.use(portal.pool.add_app(flows=(*EVERY_FLOW, "ALLOW_CUSTOM_AUTH")))
    asked = Questions(functions)
    portal.pool.cognito.update_user_pool(UserPoolId=portal.pool.pool_id, LambdaConfig=asked.config())
    return asked


@pytest.fixture
def user(portal: Portal) -> User:
    return portal.pool.add_user()


def begin(person: Person, username: str) -> Person:
    person.open("/sign-in/?flow=CUSTOM_WITHOUT_SRP&new=1&next=/account/")
    return person.send(person.form(flow="CUSTOM_WITHOUT_SRP"), username=username)


def answer(person: Person, slug: str, text: str = ANSWER) -> Person:
    return person.send(person.form(id=slug), answer=text)


def prove(person: Person, user: User, *, password: str = "") -> Person:
    """CUSTOM_WITH_SRP up to what follows the password."""
    person.open("/sign-in/?flow=CUSTOM_WITH_SRP&new=1&next=/account/")
    typed = password or user.password
    if person.htmx:
        return person.type_srp(person.form(**{"data-srp": "start"}), typed, username=user.username)
    return person.send(person.form(srp="server"), username=user.username, password=typed)


def policy(person: Person) -> str:
    return person.answer.headers["Content-Security-Policy"]


def picture_of(person: Person) -> str:
    found = re.search(r'<img src="([^"]+)"', person.html)
    assert found, person.text
    return found[1].replace("&amp;", "&")


# -- Stories -------------------------------------------------------------------------------------------------------
@every_kind
def test_without_a_password(questions: Questions, person: Person, user: User, kind: str) -> None:
    questions.kinds = (kind,)
    begin(person, user.username)
    assert (person.status, person.path.startswith("/sign-in/")) == (200, True)
    answer(person, kind)
    assert (person.status, person.path) == (200, "/account/")
    assert user.email in person.text
    assert questions.functions.last("Define")["request"]["session"] == [
        {"challengeName": "CUSTOM_CHALLENGE", "challengeResult": True, "challengeMetadata": kind}
    ]


@every_kind
def test_with_the_password_first(questions: Questions, person: Person, user: User, kind: str) -> None:
    questions.kinds, questions.first = (kind,), ("SRP_A", "PASSWORD_VERIFIER")
    prove(person, user)
    assert person.form(id=kind)
    answer(person, kind)
    assert person.path == "/account/"
    rounds = questions.functions.last("Define")["request"]["session"]
    assert [each["challengeName"] for each in rounds] == ["SRP_A", "PASSWORD_VERIFIER", "CUSTOM_CHALLENGE"]


def test_a_wrong_password_comes_before_any_question(questions: Questions, person: Person, user: User) -> None:
    questions.first = ("SRP_A", "PASSWORD_VERIFIER")
    prove(person, user, password="wrong " + user.password)
    assert (person.status, "Incorrect username or password." in person.text) == (422, True)
    assert person.form(flow="CUSTOM_WITH_SRP").values["username"] == user.username
    assert not [name for name in questions.functions.sources if name.startswith("Create")]


def test_a_reload_between_password_and_proof(questions: Questions, user: User) -> None:
    """The browser has forgotten its half; SRP begins again inside CUSTOM_AUTH."""
    questions.first = ("SRP_A", "PASSWORD_VERIFIER")
    person = Person(htmx=True).open("/sign-in/?flow=CUSTOM_WITH_SRP&new=1")
    person.send(person.form(**{"data-srp": "start"}), username=user.username, srp_a="ab12")
    person.open(person.url)
    person.type_srp(person.form(**{"data-srp": "verifier"}), user.password)
    answer(person, "captcha")
    assert person.path == "/account/"


def test_the_old_way_asks_in_the_place_of_the_password(questions: Questions, person: Person, user: User) -> None:
    """As functions for AWSMobileClient do: SRP_A of a dummy password, then a custom challenge."""
    questions.first = ("SRP_A",)
    prove(person, user, password="dummy")
    answer(person, "captcha")
    assert person.path == "/account/"


def test_what_cognito_asks_by_itself_comes_in_between(questions: Questions, portal: Portal, person: Person) -> None:
    questions.first = ("SRP_A", "PASSWORD_VERIFIER")
    config = questions.config()
    require_mfa(portal, "SMS_MFA")
    pool = portal.pool.cognito.describe_user_pool(UserPoolId=portal.pool.pool_id)["UserPool"]
    portal.pool.cognito.update_user_pool(
        UserPoolId=portal.pool.pool_id,
        LambdaConfig=config,
        MfaConfiguration="ON",
        SmsConfiguration=pool["SmsConfiguration"],
    )
    user = portal.pool.add_user(temporary=True)
    with_phone(portal, user)
    prove(person, user)
    person.send(person.form(id="new-password"), new_password=new_password())
    person.send(person.form(id="sms-mfa"), code=last_code())
    answer(person, "captcha")
    assert person.path == "/account/"


# -- Wrong, and enough ---------------------------------------------------------------------------------------------
@every_kind
def test_wrong_then_right(questions: Questions, person: Person, user: User, kind: str) -> None:
    questions.kinds, words = (kind,), SAID[kind]
    begin(person, user.username)
    assert "not right" not in person.text
    step = person.url
    answer(person, kind, "a-wrong-answer")
    assert (person.status, person.url) == (200, step)
    assert words in person.text
    assert "a-wrong-answer" not in person.html, "T057: a form that comes back is empty"
    person.open(step)
    assert words in person.text, "after a reload too"
    answer(person, kind)
    assert person.path == "/account/"


def test_t057_every_round_has_a_picture_of_its_own(questions: Questions, person: Person, user: User) -> None:
    """A browser shows what it has for an address, whatever the answer's headers said."""
    begin(person, user.username)
    first = picture_of(person)
    answer(person, "captcha", "wrong")
    assert picture_of(person) != first


@every_kind
def test_giving_up_leads_to_the_start_with_the_name(
    questions: Questions, person: Person, user: User, kind: str
) -> None:
    questions.kinds, questions.tries = (kind,), 1
    begin(person, user.username)
    answer(person, kind, "a-wrong-answer")
    assert (person.status, "You are not signed in. You can start again." in person.text) == (422, True)
    assert "Incorrect username or password" not in person.text, "of which there was none"
    form = person.form(flow="CUSTOM_WITHOUT_SRP")
    assert (form.values["username"], form.values["next"]) == (user.username, "/account/")
    assert "a-wrong-answer" not in person.html
    assert not DjangoUser.objects.exists()
    person.send(form)
    answer(person, kind)
    assert person.path == "/account/"


def test_two_rounds_of_different_kinds(questions: Questions, person: Person, user: User) -> None:
    questions.kinds = ("captcha", "question")
    begin(person, user.username)
    answer(person, "captcha")
    assert not re.search(r'role="alert"[^>]*>[^<]', person.html), "nothing was wrong"
    answer(person, "question", "six")
    assert "That was not right. Try again." in person.text
    answer(person, "question")
    assert person.path == "/account/"


def test_another_question_after_a_question_is_not_called_wrong(
    questions: Questions, person: Person, user: User
) -> None:
    """Cognito answers a right answer and a wrong one alike."""
    questions.kinds = ("question", "question")
    begin(person, user.username)
    questions.public["question"] = {"question": "And minus one?"}
    answer(person, "question")
    assert "And minus one?" in person.text
    assert "may not have been right" in person.text
    assert "was not right" not in person.text


@every_kind
def test_t017_somebody_who_does_not_exist_is_asked_alike(
    questions: Questions, portal: Portal, person: Person, kind: str
) -> None:
    questions.kinds, questions.tries = (kind,), 2
    known = portal.pool.add_user().username
    stranger = known.replace("user-", "none-")
    seen = []
    for name in (known, stranger):
        again = Person(htmx=person.htmx)
        pages = [begin(again, name), answer(again, kind, "wrong"), answer(again, kind, "wrong")]
        assert "You are not signed in" in pages[-1].text
        html = " ".join(each.content.decode() for each in again.answers)
        html = re.sub(r'(csrfmiddlewaretoken" value|nonce|data-\S*uuid|data-callback)="[^"]*"', "", html)
        html = re.sub(r"/sign-in/[\w-]{20,}/", "", html).replace(name, "")
        seen.append(([each.status_code for each in again.answers], html))
    assert seen[0] == seen[1]


def test_nobody_gets_in_with_the_right_answer_and_no_account(questions: Questions, person: Person) -> None:
    begin(person, "nobody-of-that-name")
    answer(person, "captcha")
    assert (person.status, "You are not signed in" in person.text) == (422, True)


def test_t059_a_function_that_fails_leaves_its_words_and_a_way_on(
    questions: Questions, person: Person, user: User
) -> None:
    begin(person, user.username)

    def raising(_event: object) -> None:
        raise Raises("the check cannot be made at the moment")

    questions.functions.add(VerifyAuthChallengeResponse=raising)
    answer(person, "captcha")
    assert (person.status, "the check cannot be made at the moment" in person.text) == (422, True)
    assert person.form(flow="CUSTOM_WITHOUT_SRP").values["username"] == user.username


def test_t057_an_answer_that_nobody_could_judge_is_not_sent_back(
    questions: Questions, person: Person, user: User
) -> None:
    begin(person, user.username)
    questions.functions.add(VerifyAuthChallengeResponse=lambda _event: "junk")
    answer(person, "captcha", "an-answer-of-mine")
    assert (person.status, "not set up correctly" in person.text) == (503, True)
    assert "an-answer-of-mine" not in person.html


def test_refused_before_any_question(questions: Questions, person: Person, user: User) -> None:
    questions.tries = 0
    begin(person, user.username)
    assert (person.status, "You are not signed in. You can start again." in person.text) == (422, True)
    assert person.form(flow="CUSTOM_WITHOUT_SRP").values["username"] == user.username


@pytest.mark.parametrize("flows", [EVERY_FLOW, (*EVERY_FLOW, "ALLOW_CUSTOM_AUTH")], ids=["client", "pool"])
def test_where_it_is_not_switched_on(
    portal: Portal, functions: Functions, person: Person, flows: tuple[str, ...]
) -> None:
    portal.use(portal.pool.add_app(flows=flows))
    begin(person, portal.pool.add_user().username)
    assert (person.status, "not switched on here" in person.text) == (422, True)


# -- What the page shows -------------------------------------------------------------------------------------------
def test_t057_the_answer_is_nowhere(
    questions: Questions, person: Person, user: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    begin(person, user.username)
    before = "".join([person.html, person.url, picture_of(person), str(person.answer.headers)])
    answer(person, "captcha", "an-answer-of-mine")
    answer(person, "captcha")
    assert person.path == "/account/"
    texts = [before, *(f"{each.content.decode()} {each.headers}" for each in person.answers)]
    logs = [record.getMessage() for record in caplog.records if record.name.startswith(("flows", "django"))]
    for secret in (ANSWER, "an-answer-of-mine"):
        assert not [text for text in [*texts, *logs] if secret in text]


def test_the_picture_and_the_sound_come_from_here(questions: Questions, person: Person, user: User) -> None:
    begin(person, user.username)
    served = person.client.get(picture_of(person))
    assert (served.status_code, served.content, served.headers["Content-Type"]) == (200, PIXEL, "image/png")
    assert (served.headers["X-Content-Type-Options"], served.headers["Cache-Control"]) == ("nosniff", "no-store")
    [sound] = re.findall(r'<audio [^>]*src="([^"]+)"', person.html)
    heard = person.client.get(sound)
    assert (heard.status_code, heard.content, heard.headers["Content-Type"]) == (200, SOUND, "audio/wav")
    assert "data:" not in person.html
    assert "data:" not in policy(person)
    stranger = Person(htmx=False)
    assert stranger.client.get(picture_of(person)).status_code == 422, "T064: not for another browser"
    answer(person, "captcha")
    assert person.client.get(sound).content != SOUND, "nor afterwards"


@pytest.mark.parametrize(
    ("asked", "status", "content"),
    [
        ("bytes=0-3", 206, SOUND[:4]),
        ("bytes=4-", 206, SOUND[4:]),
        ("bytes=-4", 206, SOUND[-4:]),
        ("bytes=0-99999", 206, SOUND),
        ("bytes=99999-", 416, b""),
        ("bytes=-0", 416, b""),
        ("bytes=-", 200, SOUND),
        ("bytes=0-1,3-4", 200, SOUND),
        ("lines=1-2", 200, SOUND),
        ("bytes=" + "9" * 5000 + "-", 200, SOUND),
    ],
)
def test_a_sound_in_parts(questions: Questions, user: User, asked: str, status: int, content: bytes) -> None:
    """Safari asks for the first two bytes, and plays nothing without them."""
    person = begin(Person(htmx=False), user.username)
    part = person.client.get(f"{person.path}sound/", headers={"Range": asked})
    assert (part.status_code, part.content) == (status, content)
    assert ("Content-Range" in part.headers) == (status in (206, 416))


def test_a_picture_at_an_address_of_its_own(questions: Questions, person: Person, user: User) -> None:
    questions.public["captcha"] = {"captchaUrl": "https://pictures.example:8443/5.png?a=1&b=2"}
    begin(person, user.username)
    assert picture_of(person) == "https://pictures.example:8443/5.png?a=1&b=2"
    assert 'referrerpolicy="no-referrer"' in person.html
    [allowed] = [part for part in policy(person).split("; ") if part.startswith("img-src")]
    assert set(allowed.split()) == {"img-src", "'self'", "https://pictures.example:8443"}
    assert "pictures.example:8443, everything else from this server" in person.text
    assert "hx-post" not in person.form(id="captcha").attributes
    if person.htmx:
        assert "HX-Redirect" in person.answers[-2].headers, "a policy holds from when a page is loaded"
    answer(person, "captcha")
    assert person.path == "/account/"
    assert "pictures.example" not in policy(person)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "http://pictures.example/5.png",
        "//pictures.example/5.png",
        "url/123.jpg",
        "https://pictures.example;script-src *",
        "https://user:password@host.pictures.example/5.png",
        "https://pictures.example/5.png\r\nSet-Cookie: a=b",
        "data:image/svg+xml;base64,PHN2Zz4=",
        "data:text/html;base64,PGI+",
        'data:image/png;base64,AAAA" onerror="hit=1',
    ],
)
def test_t116_any_other_address_is_text(questions: Questions, person: Person, user: User, address: str) -> None:
    questions.public["captcha"] = {"captchaUrl": address}
    begin(person, user.username)
    assert "<img" not in person.html
    assert "captchaUrl" in person.text
    assert "pictures.example" not in str(person.answer.headers)
    answer(person, "custom")
    assert person.path == "/account/"


def test_t058_google_only_where_google_is_asked(questions: Questions, user: User) -> None:
    questions.kinds = ("question", "recaptcha", "question")
    person = begin(Person(htmx=True), user.username)
    assert "google" not in policy(person)
    answer(person, "question")
    assert GOOGLE in policy(person)
    assert "frame-src https://www.google.com/recaptcha/" in policy(person)
    assert person.html.lstrip().startswith("<!doctype html>"), "a page of its own, with a policy of its own"
    assert "api.js" not in re.sub(r'data-api="[^"]*"', "", person.html), "the module loads it"
    form = person.form(id="recaptcha")
    assert "hx-post" not in form.attributes, "and the next one is a page of its own too"
    person.send(form, answer=ANSWER)
    assert person.form(id="question")
    assert "google" not in policy(person)


def test_without_scripts_a_recaptcha_says_so(questions: Questions, user: User) -> None:
    questions.kinds = ("recaptcha",)
    person = begin(Person(htmx=False), user.username)
    assert "This check needs JavaScript, which is off in your browser." in person.text
    person.open(person.link("Sign in another way"))
    assert person.form(flow="CUSTOM_WITHOUT_SRP")


def test_t058_nothing_is_asked_of_google_by_the_form(questions: Questions, user: User) -> None:
    """A token verifies once. (A call would leave this machine, and fail.)"""
    questions.kinds = ("recaptcha",)
    person = begin(Person(htmx=True), user.username)
    answer(person, "recaptcha", "")
    assert (person.status, "The check was not made." in person.text) == (422, True)
    assert GOOGLE in policy(person)
    answer(person, "recaptcha")
    assert person.path == "/account/"
    assert questions.functions.last("Verify")["request"]["challengeAnswer"] == ANSWER


def test_the_script_comes_from_where_the_settings_say(
    questions: Questions, person: Person, user: User, settings: Settings
) -> None:
    settings.RECAPTCHA_DOMAIN = "www.recaptcha.net"
    questions.kinds = ("recaptcha",)
    begin(person, user.username)
    assert 'data-api="https://www.recaptcha.net/recaptcha/api.js?render=a-site-key"' in person.html
    assert "https://www.recaptcha.net/recaptcha/" in policy(person)
    assert "www.google.com" not in policy(person)


def test_t119_parameters_of_anybody_are_text(questions: Questions, person: Person, user: User) -> None:
    questions.kinds = ("custom",)
    questions.public["custom"] = {
        "<b>name</b>": "<img src=x onerror=hit=1>",
        "address": "javascript:alert(1)",
        "long": "<img src=y>" + "x" * 99_989,
        "empty": "",
        **{f"further-{number}": "y" for number in range(60)},
    }
    begin(person, user.username)
    assert "<b>name" not in person.html
    assert "<img" not in person.html
    assert "javascript:alert(1)" in person.text
    assert 'href="javascript' not in person.html
    assert len(person.html) < 30_000
    assert "100000 characters" in person.text
    assert "and 96000 more" in person.text
    assert "And 14 more, which are not shown." in person.text
    assert "USERNAME" not in person.text
    answer(person, "custom", f" {ANSWER}")
    assert questions.functions.last("Verify")["request"]["challengeAnswer"] == f" {ANSWER}", "byte for byte"


def test_nothing_public_at_all(questions: Questions, person: Person, user: User) -> None:
    questions.kinds = ("custom",)
    questions.public["custom"] = {}
    begin(person, user.username)
    assert "It says no more than that." in person.text
    answer(person, "custom")
    assert person.path == "/account/"


def test_an_empty_answer_costs_no_try(questions: Questions, person: Person, user: User) -> None:
    begin(person, user.username)
    answer(person, "captcha", " ")
    assert person.status == 422
    assert not [name for name in questions.functions.sources if name.startswith("Verify")]
    answer(person, "captcha")
    assert person.path == "/account/"


# -- The link ------------------------------------------------------------------------------------------------------
def test_a_link_opened_in_the_same_browser(questions: Questions, person: Person, user: User) -> None:
    questions.kinds = ("link",)
    begin(person, user.username)
    assert "a***@e***" in person.text
    step = person.path
    person.open("/sign-in/link/")
    form = person.form(action=step)
    assert f'data-attempt="{ATTEMPT}"' in person.html
    person.send(form, answer=token())
    assert person.path == "/account/"
    person.open("/sign-in/link/")
    assert ATTEMPT not in person.html, "and then it is over"


def test_a_whole_link_that_was_pasted(questions: Questions, person: Person, user: User) -> None:
    questions.kinds = ("link",)
    begin(person, user.username)
    answer(person, "link", f" http://localhost/sign-in/link/#{token()}\n")
    assert person.path == "/account/"


def test_opening_a_link_uses_nothing_up(questions: Questions, person: Person, user: User) -> None:
    """Neither in a mail scanner's hands, who has no session and gets none, nor in the person's own."""
    questions.kinds = ("link",)
    begin(person, user.username)
    sessions, calls = Session.objects.count(), len(questions.functions.events)
    scanner = Person(htmx=False)
    for method in (scanner.client.get, scanner.client.head):
        seen = method("/sign-in/link/")
        assert (seen.status_code, seen.cookies.items()) == (200, {}.items())
        assert ATTEMPT not in seen.content.decode()
    assert scanner.client.post("/sign-in/link/").status_code in (403, 405)
    assert (Session.objects.count(), len(questions.functions.events)) == (sessions, calls)
    step = person.url
    person.open("/sign-in/link/")
    person.open(step)
    answer(person, "link")
    assert person.path == "/account/"


def test_a_link_to_an_address_that_is_not_told(questions: Questions, person: Person, user: User) -> None:
    """As the bundled functions ask for it."""
    questions.kinds, questions.public["link"] = ("link",), {"linkAttempt": ATTEMPT}
    assert "It went to the address of your account, if there is one" in begin(person, user.username).text


def test_a_forged_link_is_an_answer_like_any_other(questions: Questions, person: Person, user: User) -> None:
    questions.kinds, questions.tries = ("link",), 2
    step = begin(person, user.username).path
    person.open("/sign-in/link/")
    person.send(person.form(action=step), answer=token(code="000000"))
    assert "That was not right." in person.text
    assert PUBLIC["link"]["linkDestination"] in person.text
