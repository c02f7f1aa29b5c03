"""/account/mfa/: second factors on, off and preferred, and an authenticator app from its secret to its first code."""

import time
from typing import Any

import pytest

from tests.account.answers import answer
from tests.account.conftest import Member
from tests.cognito.stub import Stub, refusal
from tests.flows.person import Person
from tests.flows.pools import app_code_at

pytestmark = pytest.mark.django_db
PAGE, APP = "/account/mfa/", "/account/mfa/app/"


def press(member: Member, factor: str, change: str) -> Person:
    return member.person.send(member.person.open(PAGE).form(factor=factor, change=change))


def begin(member: Member) -> str:
    """The secret that the page shows."""
    member.person.send(member.person.open(APP).form(action=APP))
    return shown_secret(member.person)


def shown_secret(person: Person) -> str:
    return person.html.partition('data-copy="')[2].partition('"')[0]


def set_up(member: Member) -> str:
    secret = begin(member)
    member.person.send(code_form(member.person), code=app_code_at(secret))
    assert member.person.path == PAGE, member.person.text
    return secret


def code_form(person: Person) -> Any:
    return next(form for form in person._read().forms if "code" in form.values)


def factors_of(member: Member) -> tuple[set[str], str]:
    found = member.pool.cognito.get_user(AccessToken=member.token)
    return set(found.get("UserMFASettingList", [])), found.get("PreferredMfaSetting", "")


def test_it_says_which_there_are_and_which_not(member: Member) -> None:
    text = member.person.open(PAGE).text
    assert "Authenticator app" in text
    assert f"To {member.user.email}" in text
    assert "Your account has no telephone number." in text
    assert member.person.link("Set up") == APP


def test_an_app_is_set_up_turned_on_and_asked_at_the_next_sign_in(member: Member) -> None:
    set_up(member)
    assert "The app is set up" in member.person.text
    assert "On, asked first" in member.person.text
    assert factors_of(member) == ({"SOFTWARE_TOKEN_MFA"}, "SOFTWARE_TOKEN_MFA")


def test_the_secret_is_picture_link_and_text_in_fours(member: Member) -> None:
    secret = begin(member)
    html = member.person.html
    assert len(secret) >= 32
    assert " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)) in html
    assert f"secret={secret}" in member.person.link("open it in an app on this device")
    assert "<svg" in html
    assert "style=" not in html.partition("<main")[2], "the Content-Security-Policy would drop it"


def test_the_secret_survives_a_reload_and_a_wrong_code(member: Member) -> None:
    secret = begin(member)
    assert shown_secret(member.person.open(APP)) == secret
    wrong = f"{(int(app_code_at(secret)) + 1) % 1_000_000:06d}"
    member.person.send(code_form(member.person), code=wrong)
    assert member.person.status == 422
    assert "That code is not right." in member.person.text
    assert 'aria-invalid="true"' in member.person.html
    assert shown_secret(member.person) == secret
    member.person.send(code_form(member.person), code=app_code_at(secret))
    assert member.person.path == PAGE


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "१२३४५६"])
def test_what_is_no_code_is_not_even_asked_about(member: Member, typed: str) -> None:
    secret = begin(member)
    member.person.send(code_form(member.person), code=typed)
    assert member.person.status == 422
    assert shown_secret(member.person) == secret
    assert factors_of(member) == (set(), "")


def test_a_code_may_have_the_blank_that_apps_show(member: Member) -> None:
    secret = begin(member)
    code = app_code_at(secret)
    member.person.send(code_form(member.person), code=f" {code[:3]} {code[3:]} ")
    assert member.person.path == PAGE


def test_starting_again_brings_another_secret(member: Member) -> None:
    secret = begin(member)
    again = next(form for form in member.person._read().forms if form.action == APP and "code" not in form.values)
    member.person.send(again)
    assert shown_secret(member.person) not in ("", secret)


def test_a_secret_that_waited_too_long_is_not_shown_any_more(member: Member) -> None:
    begin(member)
    store = member.store()
    store["authenticator_app"] = {**store["authenticator_app"], "until": time.time() - 1}
    store.save()
    assert shown_secret(member.person.open(APP)) == ""
    assert "Show the key" in member.person.text


def test_the_secret_leaves_the_session_once_it_is_verified(member: Member) -> None:
    set_up(member)
    assert "authenticator_app" not in member.store()
    assert "Show the key" in member.person.open(APP).text


def test_factors_go_on_off_and_first(member: Member) -> None:
    set_up(member)
    assert press(member, "EMAIL_OTP", "on").path == PAGE
    assert "Your second factors were changed." in member.person.text
    assert factors_of(member) == ({"SOFTWARE_TOKEN_MFA", "EMAIL_OTP"}, "SOFTWARE_TOKEN_MFA")
    press(member, "EMAIL_OTP", "prefer")
    assert factors_of(member) == ({"SOFTWARE_TOKEN_MFA", "EMAIL_OTP"}, "EMAIL_OTP")
    press(member, "EMAIL_OTP", "off")
    assert factors_of(member)[0] == {"SOFTWARE_TOKEN_MFA"}
    press(member, "SOFTWARE_TOKEN_MFA", "off")
    assert factors_of(member) == (set(), "")
    assert member.person.link("Set up") == APP, "whether there is still an app, GetUserAuthFactors does not tell"


def test_what_is_not_there_cannot_be_turned_on(member: Member) -> None:
    html = member.person.open(PAGE).html
    assert 'value="SMS_MFA"' not in html
    form = member.person.form(factor="EMAIL_OTP")
    member.person.send(form, factor="SMS_MFA", change="on")
    assert member.person.status == 422
    assert "You need an address or telephone number" in member.person.text
    assert factors_of(member) == (set(), "")


def test_an_app_that_the_pool_knows_of_can_be_turned_on_as_it_is(member: Member, stub: Stub) -> None:
    stub.answers["GetUser"] = answer({"Username": "x", "UserAttributes": []})
    configured = ["PASSWORD", "SOFTWARE_TOKEN_MFA"]
    stub.answers["GetUserAuthFactors"] = answer({"Username": "x", "ConfiguredUserAuthFactors": configured})
    press(member, "SOFTWARE_TOKEN_MFA", "on")
    [(_, sent)] = [request for request in stub.requests if request[0] == "SetUserMFAPreference"]
    assert sent["SoftwareTokenMfaSettings"] == {"Enabled": True, "PreferredMfa": False}
    assert set(sent) == {"AccessToken", "SoftwareTokenMfaSettings"}, "the other factors stay as they are"


def test_t108_a_second_factor_is_not_turned_on_where_no_password_begins_a_sign_in(member: Member, stub: Stub) -> None:
    """Beside one, a code or a passkey begins none, so nothing would be left."""
    stub.answers["GetUser"] = answer({"Username": "x", "UserAttributes": [{"Name": "email", "Value": "a@b.example"}]})
    stub.answers["GetUserAuthFactors"] = answer({"Username": "x", "ConfiguredUserAuthFactors": ["EMAIL_OTP"]})
    stub.answers["AssociateSoftwareToken"] = answer({"SecretCode": "A" * 32})
    page = press(member, "EMAIL_OTP", "on")
    assert page.status == 422
    assert "Your account has no password." in page.text
    page.send(page.open(APP).form(action=APP))
    assert "Your account has no password." in page.text
    assert shown_secret(page) == ""
    assert stub.count("SetUserMFAPreference") == stub.count("AssociateSoftwareToken") == 0
    known = {"ConfiguredUserAuthFactors": ["EMAIL_OTP"], "UserMFASettingList": ["EMAIL_OTP"]}
    stub.answers["GetUserAuthFactors"] = answer({"Username": "x", **known})
    press(member, "EMAIL_OTP", "off")
    assert stub.count("SetUserMFAPreference") == 1, "turning off is for everybody"


@pytest.mark.parametrize(("factor", "change"), [("EMAIL_OTP", "explode"), ("WEB_AUTHN", "on"), ("", "")])
def test_what_no_button_sends_does_nothing(member: Member, factor: str, change: str) -> None:
    form = member.person.open(PAGE).form(factor="EMAIL_OTP")
    assert member.person.send(form, factor=factor, change=change).status == 200
    assert factors_of(member) == (set(), "")


def test_what_the_pool_refuses_is_said_in_its_words(member: Member, stub: Stub) -> None:
    stub.answers["GetUser"] = answer({"Username": "x", "UserAttributes": [{"Name": "email", "Value": "a@b.example"}]})
    stub.answers["GetUserAuthFactors"] = answer({"Username": "x", "ConfiguredUserAuthFactors": ["PASSWORD"]})
    stub.answers["SetUserMFAPreference"] = refusal("InvalidParameterException", "MFA is required here <b>always</b>")
    page = press(member, "EMAIL_OTP", "on")
    assert page.status == 422
    assert "MFA is required here <b>always</b>" in page.text
    assert "<b>" not in page.html


@pytest.mark.parametrize(
    ("code", "words", "status"),
    [
        ("SoftwareTokenMFANotFoundException", "apps are not switched on", 422),
        ("ConcurrentModificationException", "at once", 422),
        ("InternalErrorException", "Nothing was changed", 503),
    ],
)
def test_what_a_pool_may_say_to_a_new_app(member: Member, stub: Stub, code: str, words: str, status: int) -> None:
    stub.answers["GetUser"] = answer({"Username": "x", "UserAttributes": []})
    stub.answers["AssociateSoftwareToken"] = refusal(code)
    page = member.person.send(member.person.open(APP).form(action=APP))
    assert page.status == status
    assert words in page.text
    assert page.link("Back to your second factors") == PAGE


@pytest.mark.parametrize("said", [answer({"Status": "ERROR"}), refusal("EnableSoftwareTokenMFAException")])
def test_a_refusal_by_status_or_exception_is_the_same_to_a_person(member: Member, stub: Stub, said: Any) -> None:
    stub.answers["GetUser"] = answer({"Username": "x", "UserAttributes": []})
    stub.answers["AssociateSoftwareToken"] = answer({"SecretCode": "A" * 32})
    stub.answers["VerifySoftwareToken"] = said
    begin(member)
    member.person.send(code_form(member.person), code="123456")
    assert "That code is not right." in member.person.text
    assert stub.count("SetUserMFAPreference") == 0
