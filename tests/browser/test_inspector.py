"""The inspector tells the truth: every flow in Chromium, its panel held against the wire, step by step (T154)."""

import hmac
import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest
import requests
from fido2.utils import websafe_encode
from fido2.webauthn import AuthenticationResponse
from playwright.sync_api import Page, expect
from pycognito.aws_srp import AWSSRP, calculate_u

from tests.browser import people, stories
from tests.browser import site as sites
from tests.browser.challenge_scenes import ASKS_ABOUT_DEVICES, PASSWORD_ONLY
from tests.browser.site import Site
from tests.browser.tap import VARIABLE, Tap
from tests.browser.test_migration import migrating
from tests.browser.truth import Witness
from tests.clients.challenges import app_code, newest_code
from tests.live import Live
from tests.pools import User, new_password


# -- A server whose wire is overheard ----------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def tap(tmp_path_factory: pytest.TempPathFactory) -> Tap:
    return Tap(tmp_path_factory.mktemp("tap") / "calls")


@pytest.fixture(scope="module")
def tapped_live(tmp_path_factory: pytest.TempPathFactory, tap: Tap) -> Iterator[Live]:
    """Its database is a file that the tests read too."""
    folder = tmp_path_factory.mktemp("tapped")
    variables = {"DJANGO_SETTINGS_MODULE": "tests.browser.tapped_settings", VARIABLE: str(tap.path)}
    with Live(folder, DATABASE_URL=f"sqlite:///{folder / 'db.sqlite3'}", **variables) as server:
        yield server


@pytest.fixture
def site(tapped_live: Live) -> Site:
    return sites.of(tapped_live)


@pytest.fixture
def witness(page: Page, site: Site, user: User, tap: Tap) -> Witness:
    witness = Witness(page, site, tap)
    witness.know(user.password)
    return witness


def heading(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def scrambling(proof: Mapping[str, str]) -> str:
    """u, as pycognito has it of A and B."""
    return f"{calculate_u(int(proof['A'], 16), int(proof['B'], 16)):064x}"


def give_code(page: Page, code: str, *, button: str = "Sign in") -> None:
    page.get_by_role("textbox", name="Code").fill(code)
    page.get_by_role("button", name=button, exact=True).click()


# -- A password --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("flow", "path"),
    [
        ("USER_SRP_AUTH", ("PASSWORD_VERIFIER", "TOKENS")),
        ("USER_PASSWORD_AUTH", ("PASSWORD", "TOKENS")),
        ("ADMIN_USER_PASSWORD_AUTH", ("PASSWORD", "TOKENS")),
    ],
)
def test_t154_password(page: Page, site: Site, user: User, witness: Witness, flow: str, path: tuple[str, ...]) -> None:
    witness.begin()
    stories.try_to_sign_in(page, site, user, flow=flow, password="Not the one 1!")
    expect(page.get_by_role("alert")).to_have_text("Incorrect username or password.")
    witness.know("Not the one 1!")
    witness.check(lit="")
    witness.tap.begin()  # another run
    stories.fill(page, user.username, user.password)
    stories.submit(page)
    stories.expect_account_of(page, site, user)
    witness.check(path=path)


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        ("UserNotConfirmedException", "Your account is not confirmed yet."),
        ("PasswordResetRequiredException", "Your password must be reset"),
    ],
)
def test_t154_refused_after_the_proof(page: Page, site: Site, witness: Witness, refusal: str, told: str) -> None:
    """The start form is back, so nothing waits; the slide and the page of the run say so too."""
    somebody = people.unconfirmed(site) if "Confirmed" in refusal else people.to_be_reset(site)
    witness.know(somebody.password)
    witness.begin()
    stories.try_to_sign_in(page, site, somebody, flow="USER_SRP_AUTH")
    expect(page.get_by_role("alert")).to_contain_text(told)
    shown = witness.check(lit="", path=())
    assert shown.calls[-1]["refusal"] == refusal
    page.get_by_role("link", name="Whole run").click()
    heading(page, re.compile("USER_SRP_AUTH"))
    expect(page.locator("[data-node=PASSWORD_VERIFIER]")).to_be_visible()
    expect(page.locator(".lit")).to_have_count(0)


def test_t154_every_value_of_srp(page: Page, site: Site, user: User, witness: Witness) -> None:
    """As pycognito computes them, with the browser's own secret exponent, which it takes from a die of ours."""
    page.add_init_script("crypto.getRandomValues = (array) => array.fill(0x5a)")
    witness.begin()
    stories.sign_in(page, site, user, flow="USER_SRP_AUTH")
    shown = witness.check()
    begun, proved = witness.tap.calls[:2]
    asked, given = begun.answer["ChallengeParameters"], proved.request["ChallengeResponses"]

    srp = AWSSRP(username="-", password=user.password, pool_id=site.pool.pool_id, client_id="-", client=object())
    srp.small_a_value = int.from_bytes(b"\x5a" * 64)
    srp.large_a_value = srp.calculate_a()
    of_srp, b = asked["USER_ID_FOR_SRP"], int(asked["SRP_B"], 16)
    key = srp.get_password_authentication_key(of_srp, user.password, b, asked["SALT"])
    signed = [site.pool.pool_id.partition("_")[2].encode(), of_srp.encode(), b64decode(asked["SECRET_BLOCK"])]
    message = b"".join([*signed, given["TIMESTAMP"].encode()])
    assert shown.calls[1]["proof"] == {
        "A": f"{srp.large_a_value:x}",
        "B": asked["SRP_B"],
        "salt": asked["SALT"],
        "u": f"{calculate_u(srp.large_a_value, b):064x}",
        "timestamp": given["TIMESTAMP"],
        "signature": b64encode(hmac.digest(key, message, "sha256")).decode(),
    }
    assert shown.calls[0]["proof"] == {}


def test_t154_renewed_tokens(page: Page, site: Site, user: User, witness: Witness) -> None:
    """They come of the same sign-in, which stands where it stood."""
    witness.begin()
    stories.sign_in(page, site, user, flow="USER_PASSWORD_AUTH")
    page.get_by_role("button", name="Renew tokens now").click()
    expect(page.get_by_role("status").filter(has_text="renewed")).to_be_visible()
    shown = witness.check(path=("PASSWORD", "TOKENS"))
    given = [call for call in witness.tap.calls if call.asked == "TOKENS"]
    assert [each.operation for each in given] == ["InitiateAuth", "GetTokensFromRefreshToken"]
    assert given[1].request["RefreshToken"] == given[0].answer["AuthenticationResult"]["RefreshToken"]
    at = shown.operations.index("GetTokensFromRefreshToken")
    assert "fingerprint" in shown.calls[at]["request"]["RefreshToken"]


# -- The new password --------------------------------------------------------------------------------------------------
def test_t154_new_password(page: Page, site: Site, witness: Witness) -> None:
    invited, chosen = site.pool.add_user(temporary=True), new_password()
    witness.know(invited.password, chosen)
    witness.begin()
    stories.try_to_sign_in(page, site, invited)
    heading(page, "Choose a new password")
    witness.check()
    for unfit, why in (("short1", "not long enough"), ("long-enough-1", "uppercase")):
        page.get_by_label("New password").fill(unfit)
        page.get_by_role("button", name="Save and sign in").click()
        expect(page.locator("[aria-invalid=true]")).to_have_accessible_description(re.compile(why))
        witness.know(unfit)
        witness.check()
    page.get_by_label("New password").fill(chosen)
    page.get_by_role("button", name="Save and sign in").click()
    stories.expect_account_of(page, site, invited)
    witness.check(path=("PASSWORD_VERIFIER", "NEW_PASSWORD_REQUIRED", "TOKENS"))


# -- Migration: ivan, whom only the older directory knows --------------------------------------------------------------
def test_t154_migration(page: Page, site: Site, witness: Witness) -> None:
    ivan = migrating(site)
    witness.know(ivan.password)
    witness.begin()
    stories.sign_in(page, site, ivan, flow="USER_PASSWORD_AUTH")
    shown = witness.check(path=("PASSWORD", "TOKENS"))
    assert [each["facts"].split(",")[0] for each in shown.calls[0]["triggers"]] == ["UserMigration_Authentication"]


# -- A choice of first factors -----------------------------------------------------------------------------------------
def test_t154_choice_password(page: Page, site: Site, user: User, witness: Witness) -> None:
    witness.begin()
    stories.begin_choice(page, site, user)
    witness.check()
    stories.choose(page, "PASSWORD")
    heading(page, "Enter your password")
    witness.check(lit="PASSWORD")  # chosen, and nothing sent yet
    page.get_by_label("Password", exact=True).fill(user.password)
    page.get_by_role("button", name="Sign in").click()
    stories.expect_account_of(page, site, user)
    witness.check(path=("SELECT_CHALLENGE", "PASSWORD", "TOKENS"))


def test_t154_choice_password_srp(page: Page, site: Site, user: User, witness: Witness) -> None:
    witness.begin()
    stories.begin_choice(page, site, user)
    stories.choose(page, "PASSWORD_SRP")
    heading(page, "Enter your password")
    witness.check(lit="PASSWORD_SRP")
    page.get_by_label("Password", exact=True).fill(user.password)
    page.get_by_role("button", name="Sign in").click()
    stories.expect_account_of(page, site, user)
    witness.check(path=("SELECT_CHALLENGE", "PASSWORD_SRP", "PASSWORD_VERIFIER", "TOKENS"))


@pytest.mark.parametrize(
    ("factor", "path"),
    [
        ("PASSWORD", ("PASSWORD", "TOKENS")),
        ("PASSWORD_SRP", ("PASSWORD_SRP", "PASSWORD_VERIFIER", "TOKENS")),
        ("EMAIL_OTP", ("EMAIL_OTP", "TOKENS")),
        ("WEB_AUTHN", ("WEB_AUTHN", "TOKENS")),
    ],
)
def test_t154_preferred(
    page: Page, site: Site, user: User, witness: Witness, factor: str, path: tuple[str, ...]
) -> None:
    """PREFERRED_CHALLENGE: what would be chosen is asked for at once."""
    if factor == "WEB_AUTHN":
        stories.plug_in(page, people.with_passkey(site, user))
    witness.begin()
    page.goto(f"{site.url}/sign-in/?flow=USER_AUTH&new=1&preferred={factor}")
    page.get_by_role("textbox", name="Username").fill(user.username)
    if factor.startswith("PASSWORD"):
        page.get_by_label("Password", exact=True).fill(user.password)
        stories.submit(page)
    else:
        page.get_by_role("button", name="Continue").click()
    if factor == "EMAIL_OTP":
        heading(page, "Enter the code from your e-mail")
        witness.check()
        give_code(page, newest_code(site.live, user, "EMAIL"))
    stories.expect_account_of(page, site, user)
    witness.check(path=path)
    assert witness.tap.calls[0].request["AuthParameters"]["PREFERRED_CHALLENGE"] == factor


@pytest.mark.parametrize(("factor", "medium", "place"), [("EMAIL_OTP", "EMAIL", "e-mail"), ("SMS_OTP", "SMS", "phone")])
def test_t154_choice_code(
    page: Page, site: Site, user: User, witness: Witness, factor: str, medium: str, place: str
) -> None:
    people.with_phone(site, user)
    witness.begin()
    stories.begin_choice(page, site, user)
    stories.choose(page, factor)
    heading(page, f"Enter the code from your {place}")
    code = newest_code(site.live, user, medium)
    witness.know(code)
    witness.check()
    wrong = code[::-1] if code[::-1] != code else "12345678"
    give_code(page, wrong)
    expect(page.get_by_label("Code")).to_have_attribute("aria-invalid", "true")
    witness.know(wrong)
    witness.check()
    give_code(page, code)
    stories.expect_account_of(page, site, user)
    witness.check(path=("SELECT_CHALLENGE", factor, "TOKENS"))


def test_t154_choice_passkey(page: Page, site: Site, user: User, witness: Witness) -> None:
    """The real credential, read by another library."""
    stories.plug_in(page, people.with_passkey(site, user))
    witness.begin()
    stories.begin_choice(page, site, user)
    stories.choose(page, "WEB_AUTHN")
    stories.expect_account_of(page, site, user)
    shown = witness.check(path=("SELECT_CHALLENGE", "WEB_AUTHN", "TOKENS"))
    at = next(at for at, each in enumerate(witness.tap.calls) if "CREDENTIAL" in str(each.request))
    credential = json.loads(witness.tap.calls[at].request["ChallengeResponses"]["CREDENTIAL"])
    response = AuthenticationResponse.from_dict(credential).response
    said, data = response.client_data, response.authenticator_data
    proof = shown.calls[at]["proof"]
    assert proof == {
        "clientDataJSON.type": said.type,
        "clientDataJSON.challenge": websafe_encode(said.challenge),
        "clientDataJSON.origin": said.origin,
        "clientDataJSON.crossOrigin": str(said.cross_origin),
        "authenticatorData.rpIdHash": data.rp_id_hash.hex(),
        "authenticatorData.signCount": str(data.counter),
        "authenticatorAttachment": credential["authenticatorAttachment"],
    }
    assert set(shown.calls[at]["flags"]) == {flag.name for flag in data.FLAG if data.flags & flag}


# -- Second factors ----------------------------------------------------------------------------------------------------
def test_t154_sms(page: Page, site: Site, user: User, witness: Witness) -> None:
    people.with_second_factors(site, people.with_phone(site, user), "SMSMfaSettings")
    witness.begin()
    stories.try_to_sign_in(page, site, user, flow="ADMIN_USER_PASSWORD_AUTH")
    heading(page, "Enter the code from your phone")
    witness.check()
    give_code(page, newest_code(site.live, user, "SMS"))
    stories.expect_account_of(page, site, user)
    witness.check(path=("PASSWORD", "SMS_MFA", "TOKENS"))


def test_t154_app(page: Page, site: Site, user: User, witness: Witness) -> None:
    secret = people.with_app(site, user)
    people.with_second_factors(site, user, "SoftwareTokenMfaSettings")
    witness.know(secret)
    witness.begin()
    stories.try_to_sign_in(page, site, user)
    heading(page, "Enter the code from your app")
    witness.check()
    give_code(page, app_code(secret, later=1))
    stories.expect_account_of(page, site, user)
    witness.check(path=("PASSWORD_VERIFIER", "SOFTWARE_TOKEN_MFA", "TOKENS"))


def test_t154_choice_of_a_second_factor(page: Page, site: Site, user: User, witness: Witness) -> None:
    people.with_every_second_factor(site, user)
    witness.begin()
    stories.try_to_sign_in(page, site, user, flow="USER_PASSWORD_AUTH")
    heading(page, "Choose your second step")
    witness.check()
    stories.choose(page, "EMAIL_OTP")
    heading(page, "Enter the code from your e-mail")
    witness.check()
    give_code(page, newest_code(site.live, user, "EMAIL"))
    stories.expect_account_of(page, site, user)
    witness.check(path=("PASSWORD", "SELECT_MFA_TYPE", "EMAIL_OTP", "TOKENS"))


def test_t154_an_app_is_set_up(page: Page, site: Site, user: User, witness: Witness) -> None:
    with setting_up(page, site, user, witness):
        stories.choose(page, "SOFTWARE_TOKEN_MFA")
        heading(page, "Set up your authenticator app")
        secret = str(page.locator(".secret-key [data-copy]").get_attribute("data-copy"))
        witness.know(secret)
        witness.check()
        give_code(page, app_code(secret), button="Save and sign in")
        stories.expect_account_of(page, site, user)
        witness.check(path=("PASSWORD", "MFA_SETUP", "TOKENS"))


def test_t154_codes_by_email_are_set_up(page: Page, site: Site, user: User, witness: Witness) -> None:
    with setting_up(page, site, user, witness):
        stories.choose(page, "EMAIL_OTP")
        heading(page, "Where shall we send your codes?")
        witness.check()  # chosen, and nothing sent yet
        page.get_by_label("E-mail").fill(user.email)
        page.get_by_role("button", name="Send the code").click()
        heading(page, "Enter the code from your e-mail")
        witness.check()
        give_code(page, newest_code(site.live, user, "EMAIL"))
        stories.expect_account_of(page, site, user)
        witness.check(path=("PASSWORD", "MFA_SETUP", "EMAIL_OTP", "TOKENS"))


@contextmanager
def setting_up(page: Page, site: Site, user: User, witness: Witness) -> Iterator[None]:
    """At the choice of a second factor, for whoever has none in a pool that requires one."""
    people.without_email(site, user)
    with site.updated(Policies=PASSWORD_ONLY, MfaConfiguration="ON"):
        witness.begin()
        stories.try_to_sign_in(page, site, user, flow="USER_PASSWORD_AUTH")
        heading(page, "Set up a second step")
        witness.check()
        yield


# -- Devices -----------------------------------------------------------------------------------------------------------
def test_t154_remembered_device(page: Page, site: Site, user: User, witness: Witness) -> None:
    people.with_second_factors(site, people.with_phone(site, user), "SMSMfaSettings")
    with site.updated(DeviceConfiguration=ASKS_ABOUT_DEVICES):
        witness.begin()
        stories.try_to_sign_in(page, site, user)
        heading(page, "Enter the code from your phone")
        give_code(page, newest_code(site.live, user, "SMS"))
        heading(page, "Remember this device?")
        witness.check(path=("PASSWORD_VERIFIER", "SMS_MFA", "TOKENS"))
        page.get_by_label("Remember this device").check()
        page.get_by_role("button", name="Go on").click()
        stories.expect_account_of(page, site, user)
        witness.check()
        stories.sign_out(page, site)
        witness.tap.begin()
        stories.sign_in(page, site, user)
        way = ("PASSWORD_VERIFIER", "DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER", "TOKENS")
        shown = witness.check(path=way)
        proofs = [each["proof"] for each in shown.calls if each["proof"]]
        assert [each["u"] for each in proofs] == [scrambling(each) for each in proofs]
        assert len(proofs) == 2


# -- Functions ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("flow", "path"),
    [
        ("CUSTOM_WITHOUT_SRP", ("DefineAuthChallenge", "CUSTOM_CHALLENGE", "TOKENS")),
        ("CUSTOM_WITH_SRP", ("PASSWORD_VERIFIER", "DefineAuthChallenge", "CUSTOM_CHALLENGE", "TOKENS")),
    ],
)
def test_t154_custom(page: Page, site: Site, user: User, witness: Witness, flow: str, path: tuple[str, ...]) -> None:
    """The demo's own functions: a picture, mistaken and solved, and a code that comes with a link."""
    witness.begin()
    page.goto(f"{site.url}/sign-in/?flow={flow}&new=1")
    expect(page.locator("#inspector-where summary")).to_have_text(f"Flow map of {flow}")
    expect_drawn(page, flow)
    page.get_by_label("Username").filter(visible=True).fill(user.username)
    if flow == "CUSTOM_WITH_SRP":
        page.get_by_label("Password", exact=True).filter(visible=True).fill(user.password)
        stories.submit(page)
    else:
        page.get_by_role("button", name="Continue").click()
    heading(page, "What does the picture say?")
    witness.check()
    page.get_by_label("What you read").fill("000000")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("not right")
    witness.check()
    page.get_by_label("What you read").fill(private(witness)["answer"])
    page.get_by_role("button", name="Continue").click()
    heading(page, "Open the link in your e-mail")
    witness.check()
    sent = requests.get(site.live.config["outboxUrl"], timeout=10).json()
    text = next(each["text"] for each in reversed(sent) if each["destination"] == user.email)
    found = re.search(r"/sign-in/link/#(\S+)[\s\S]*signing in: (\d{4}) (\d{4})", text)
    assert found
    witness.know(found[1], found[2] + found[3])
    page.get_by_label("Code from the e-mail").fill(found[2] + found[3])
    stories.submit(page)
    stories.expect_account_of(page, site, user)
    shown = witness.check(path=path)
    expect_to_be_called(page, site, flow)
    grown = [len(each["session"]) for call in shown.calls for each in call["triggers"] if "Define" in each["trigger"]]
    assert grown == [*range(grown[0], grown[0] + len(grown))], "session grows by a round each time"


def expect_drawn(page: Page, flow: str) -> None:
    """The map of the flow by this very name: without SRP_A no password can be asked to be proved."""
    map = page.get_by_role("group", name=f"Flow map of {flow}", exact=True)
    expect(map).to_be_visible()
    expect(map.locator("[data-node=PASSWORD_VERIFIER]")).to_have_count(1 if flow == "CUSTOM_WITH_SRP" else 0)


def expect_to_be_called(page: Page, site: Site, flow: str) -> None:
    """In the panel, in the list of runs, on the run's page and slides, and in its files and names."""
    expect(page.locator(".run-title strong")).to_have_text(flow)
    run = str(page.locator("#inspector-run").get_attribute("data-run"))
    page.goto(f"{site.url}/flows/runs/")
    expect(page.get_by_role("rowheader").get_by_role("link").first).to_contain_text(f"{flow} as ")
    for path in ("", "1/"):
        page.goto(f"{site.url}/flows/runs/{run}/{path}")
        expect_drawn(page, flow)
    transcript = page.request.get(f"{site.url}/flows/runs/{run}.md")
    assert transcript.text().startswith(f"# `{flow}` as ")
    assert flow.lower().replace("_", "-") in transcript.headers["content-disposition"]
    map = transcript.text().partition("## The map of the flow")[2].partition("## Call by call")[0]
    assert bool(re.search(r"\bPASSWORD_VERIFIER\b", map)) == (flow == "CUSTOM_WITH_SRP")


def private(witness: Witness) -> dict[str, str]:
    """What the function that asked keeps to itself."""
    functions = (each for call in witness.tap.calls for each in call.functions)
    asked = [each for each in functions if each.source.startswith("CreateAuthChallenge")]
    answer = asked[-1].answer
    assert answer
    return dict(answer["response"]["privateChallengeParameters"])
