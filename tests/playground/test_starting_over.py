"""Two ways back: the demo's settings, and a demo made afresh."""

import pytest

from flows.pool.demo import seed
from tests.flows.person import Person
from tests.playground.browser import URL, Browser
from tests.playground.conftest import Demo
from tests.playground.test_users import sign_in

APP = "SoftwareTokenMfaConfiguration"
STATE = ("Enabled", "UserStatus", "UserMFASettingList", "PreferredMfaSetting")


def states(demo: Demo) -> dict[str, list[object]]:
    names = [user["username"] for user in seed.config()["users"] if user["username"] != "ivan"]
    return {name: [demo.user(name).get(key) for key in STATE] for name in names}


def turn_every_knob(browser: Browser) -> None:
    for path, values in (
        ("settings/flows/", {"ExplicitAuthFlows": ["ALLOW_USER_AUTH"]}),
        ("settings/existence/", {"PreventUserExistenceErrors": ["LEGACY"]}),
        ("settings/session/", {"AuthSessionValidity": ["9"]}),
        ("settings/tokens/", {"IdTokenValidity": ["3"]}),
        ("settings/first-factors/", {"AllowedFirstAuthFactors": ["PASSWORD"]}),
        ("settings/passkeys/", {"UserVerification": ["required"]}),
        ("settings/devices/", {"remembered": ["Always"]}),
        ("settings/triggers/", {"LambdaConfig": []}),
        ("settings/mfa/", {"MfaConfiguration": ["ON"], "factors": [APP]}),
        ("users/alice/enabled/", {}),
        ("users/bob/status/", {"status": ["CONFIRMED"]}),
        ("users/dave/status/", {"status": ["FORCE_CHANGE_PASSWORD"]}),
        ("users/erin/status/", {"status": ["FORCE_CHANGE_PASSWORD"]}),
        ("users/grace/status/", {"status": ["RESET_REQUIRED"]}),
    ):
        assert browser.open().send(path, **values).answer.status_code == 200, path


def test_back_to_the_demos_settings(browser: Browser, demo: Demo) -> None:
    settings, users = demo.settings, states(demo)
    turn_every_knob(browser)
    browser.open().send("users/frank/factors/", factors=[])
    assert (demo.settings, states(demo)) != (settings, users)

    browser.open().send("back/")
    assert demo.settings == settings
    assert states(demo) == users
    if browser.htmx:  # told to load the page
        browser.open()
    assert "The settings and the users' states are the demo's again." in browser.text
    assert sign_in(demo, "alice") == "AuthenticationResult"
    assert sign_in(demo, "bob") == "NEW_PASSWORD_REQUIRED"
    assert sign_in(demo, "grace") == "SOFTWARE_TOKEN_MFA"


def test_going_back_from_what_contradicts_the_demo(browser: Browser, demo: Demo) -> None:
    """First factors that a pool with MFA ON may not have, in a pool that the API was used on."""
    settings = demo.settings
    demo.cognito.set_user_pool_mfa_config(
        UserPoolId=demo.pool_id, MfaConfiguration="OPTIONAL", SoftwareTokenMfaConfiguration={"Enabled": True}
    )
    demo.cognito.update_user_pool(
        UserPoolId=demo.pool_id, Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD"]}}
    )
    demo.cognito.set_user_pool_mfa_config(
        UserPoolId=demo.pool_id, MfaConfiguration="ON", SoftwareTokenMfaConfiguration={"Enabled": True}
    )
    browser.open().send("back/")
    assert demo.settings == settings


def test_going_back_keeps_passwords_and_sessions(demo: Demo) -> None:
    demo.cognito.admin_set_user_password(
        UserPoolId=demo.pool_id, Username="carol", Password="Her-own-1-password!", Permanent=True
    )
    browser = Browser()
    Person(htmx=False, client=browser.client).sign_in("USER_PASSWORD_AUTH", "carol", "Her-own-1-password!", next=URL)
    browser.open().send("back/")
    assert "You are signed in as carol" in browser.text


def test_what_cannot_be_brought_back_is_named(browser: Browser, demo: Demo) -> None:
    demo.cognito.admin_delete_user(UserPoolId=demo.pool_id, Username="alice")
    demo.cognito.admin_delete_software_token(UserPoolId=demo.pool_id, Username="grace")
    browser.send("back/")
    if browser.htmx:
        browser.open()
    assert "grace: This user has no address, or no app" in browser.text


def test_what_was_set_up_while_signing_in_goes(demo: Demo) -> None:
    """An app that is turned off would still be asked where MFA is required; so would an address."""
    pairs = [{"Name": "email", "Value": "mona@example.com"}, {"Name": "email_verified", "Value": "true"}]
    demo.cognito.admin_update_user_attributes(UserPoolId=demo.pool_id, Username="mona", UserAttributes=pairs)
    demo.cognito.admin_set_user_mfa_preference(
        UserPoolId=demo.pool_id, Username="mona", EmailMfaSettings={"Enabled": True, "PreferredMfa": True}
    )
    Browser().open().send("back/")
    mona = demo.user("mona")
    assert "email" not in {each["Name"] for each in mona["UserAttributes"]}
    assert "UserMFASettingList" not in mona


def test_whoever_was_confirmed_stays_so_and_that_is_said(browser: Browser, demo: Demo) -> None:
    demo.cognito.admin_confirm_sign_up(UserPoolId=demo.pool_id, Username="leo")
    demo.cognito.admin_disable_user(UserPoolId=demo.pool_id, Username="leo")
    browser.open().send("back/")
    if browser.htmx:
        browser.open()
    assert "leo: Nothing makes a confirmed user unconfirmed again." in browser.text
    assert (demo.user("leo")["UserStatus"], demo.user("leo")["Enabled"]) == ("CONFIRMED", True)


def test_who_must_reset_has_the_demos_password_again(browser: Browser, demo: Demo) -> None:
    """Without it nobody gets as far as the refusal that says so."""
    demo.cognito.admin_set_user_password(
        UserPoolId=demo.pool_id, Username="erin", Password="Her-own-1-password!", Permanent=True
    )
    browser.open().send("back/")
    assert sign_in(demo, "erin") == "PasswordResetRequiredException"


def test_a_new_demo_asks_first_then_has_other_passwords_and_signs_everybody_out(browser: Browser, demo: Demo) -> None:
    Person(htmx=False, client=browser.client).sign_in("USER_PASSWORD_AUTH", "alice", demo.password("alice"), next=URL)
    old = demo.password("alice")
    browser.open(f"{URL}new-demo/")
    assert "Everybody is signed out" in browser.text
    assert seed.get().pool_id == demo.pool_id

    browser.send("new-demo/")
    assert seed.get().pool_id != demo.pool_id
    assert demo.password("alice") != old
    if browser.htmx:
        browser.open()
    assert "This is a new demo" in browser.text
    assert "You are signed in" not in browser.text


@pytest.mark.parametrize("path", ["settings/session/", "users/alice/enabled/"])
def test_a_page_of_the_demo_before_works_on_the_new_one(browser: Browser, demo: Demo, path: str) -> None:
    form = browser.form(path)
    seed.reset()
    assert browser.send_form(form).answer.status_code == 200
