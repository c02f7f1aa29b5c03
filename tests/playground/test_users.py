"""The states of the demo's users."""

import pytest

from tests import boto
from tests.flows.person import Person
from tests.playground.browser import URL, Browser
from tests.playground.conftest import Demo


def sign_in(demo: Demo, name: str) -> str:
    """AuthenticationResult, the name of a challenge, or of a refusal."""
    unsigned = boto.in_process(signed=False)
    try:
        answer = unsigned.initiate_auth(
            ClientId=demo.client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": name, "PASSWORD": demo.password(name)},
        )
    except unsigned.exceptions.ClientError as error:
        return str(error.response["Error"]["Code"])
    return answer.get("ChallengeName", "AuthenticationResult")


def test_disable_and_enable(browser: Browser, demo: Demo) -> None:
    browser.send("users/alice/enabled/")
    said = browser.part("user-alice" if not browser.htmx else "states-alice")
    assert "alice cannot sign in, and refresh tokens are refused. Access tokens that are out count until they" in said
    assert "disabled" in browser.part("line-alice")
    assert sign_in(demo, "alice") == "NotAuthorizedException"

    browser.open().send("users/alice/enabled/")
    assert demo.user("alice")["Enabled"]
    assert sign_in(demo, "alice") == "AuthenticationResult"


@pytest.mark.parametrize(
    ("status", "comes"),
    [
        ("FORCE_CHANGE_PASSWORD", "NEW_PASSWORD_REQUIRED"),
        ("RESET_REQUIRED", "PasswordResetRequiredException"),
        ("CONFIRMED", "AuthenticationResult"),
    ],
)
def test_status(browser: Browser, demo: Demo, status: str, comes: str) -> None:
    browser.send("users/alice/status/", status=[status])
    assert demo.user("alice")["UserStatus"] == status
    assert sign_in(demo, "alice") == comes
    assert browser.open().form("users/alice/status/").data["status"] == [status]


def test_a_confirmed_user_has_the_demos_password(browser: Browser, demo: Demo) -> None:
    browser.send("users/erin/status/", status=["CONFIRMED"])
    assert sign_in(demo, "erin") == "AuthenticationResult"


def test_second_factors(browser: Browser, demo: Demo) -> None:
    browser.send("users/alice/factors/", factors=["EMAIL_OTP"], preferred=["EMAIL_OTP"])
    assert demo.user("alice")["UserMFASettingList"] == ["EMAIL_OTP"]
    assert demo.user("alice")["PreferredMfaSetting"] == "EMAIL_OTP"
    assert sign_in(demo, "alice") == "EMAIL_OTP"
    assert browser.open().form("users/alice/factors/").data["preferred"] == ["EMAIL_OTP"]

    browser.send("users/alice/factors/", factors=[], preferred=["NONE"])
    assert sign_in(demo, "alice") == "AuthenticationResult"


def test_an_older_page_changes_only_what_was_changed_on_it(browser: Browser, demo: Demo) -> None:
    old = browser.form("users/heidi/factors/")
    browser.send("users/heidi/factors/", factors=["EMAIL_OTP"])
    browser.send_form(old, factors=["SMS_MFA", "EMAIL_OTP"], preferred=["EMAIL_OTP"])
    assert demo.user("heidi")["UserMFASettingList"] == ["EMAIL_OTP"]
    assert demo.user("heidi")["PreferredMfaSetting"] == "EMAIL_OTP"


@pytest.mark.parametrize(
    ("path", "values", "words"),
    [
        ("users/alice/factors/", {"factors": ["SMS_MFA"]}, "This user has no address, or no app"),
        ("users/alice/factors/", {"preferred": ["EMAIL_OTP"]}, "Only a second factor that is on can be preferred."),
        ("users/bob/status/", {"status": ["RESET_REQUIRED"]}, "Make it CONFIRMED first."),
        ("users/dave/status/", {"status": ["RESET_REQUIRED"]}, "Enable the user first."),
        ("users/alice/status/", {"status": ["ARCHIVED"]}, "none of the choices"),
        ("users/alice/enabled/", {"enabled": ["perhaps"]}, "none of the choices"),
        ("users/alice/factors/", {"factors": ["WEB_AUTHN"]}, "none of the choices"),
    ],
)
def test_a_refusal_is_told_in_plain_words(demo: Demo, path: str, values: dict[str, list[str]], words: str) -> None:
    name = path.split("/")[1]
    before = demo.user(name)
    browser = Browser().send(path, **values)
    assert browser.answer.status_code == 422
    assert words in browser.part(f"states-{name}")
    after = demo.user(name)
    assert [after.get(key) for key in ("Enabled", "UserStatus", "UserMFASettingList")] == [
        before.get(key) for key in ("Enabled", "UserStatus", "UserMFASettingList")
    ]


def test_somebody_who_was_deleted_has_a_line_and_no_forms(browser: Browser, demo: Demo) -> None:
    old = browser.form("users/alice/enabled/")
    demo.cognito.admin_delete_user(UserPoolId=demo.pool_id, Username="alice")
    browser.send_form(old)
    assert browser.answer.status_code == 422
    assert "no such user in the pool any more" in browser.part("states-alice" if browser.htmx else "user-alice")
    assert "not in the pool" in browser.open().part("line-alice")


def test_who_is_signed_in_is_told_what_ends_the_session(browser: Browser, demo: Demo) -> None:
    person = Person(htmx=False, client=browser.client)
    person.sign_in("USER_PASSWORD_AUTH", "alice", demo.password("alice"), next=URL)
    assert "You are signed in as alice" in browser.open().text
    assert "your session has ended" not in browser.send("users/bob/enabled/").text

    browser.open().send("users/alice/enabled/")
    if not browser.htmx:  # the portal says first that the session is over; what was done is told after that
        browser.open()
    assert "You were signed in by that name: your session has ended." in browser.text
    assert "You are signed in" not in browser.open().text


def test_what_is_refused_without_an_app_is_said_where_the_command_asks_for_it(demo: Demo) -> None:
    browser, remark = Browser(), "SOFTWARE_TOKEN_MFA is refused for whoever has no app yet"
    assert [name for name in ("alice", "frank", "grace", "heidi") if remark in browser.part(f"cli-{name}")] == ["grace"]
    with pytest.raises(demo.cognito.exceptions.InvalidParameterException):
        demo.cognito.admin_set_user_mfa_preference(
            UserPoolId=demo.pool_id, Username="alice", SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True}
        )


def test_terraform_says_what_it_leaves_out(demo: Demo) -> None:
    browser, remark = Browser(), "Terraform makes a user with a password"
    names = ("alice", "bob", "dave", "erin", "frank", "leo")
    assert [name for name in names if remark in browser.part(f"terraform-{name}")] == ["erin", "frank", "leo"]
