"""Before something changes that guards the account: show once more that it is you (T038), and nobody else (T071)."""

import json
from typing import Any

import pytest

from tests.account.conftest import Member
from tests.authenticator import Authenticator
from tests.flows.person import Person
from tests.flows.pools import app_code_at
from tests.flows.portal import Portal

pytestmark = pytest.mark.django_db
ADD = "/account/passkeys/add/"
APP = "/account/mfa/app/"


def test_t038_a_session_of_five_minutes_is_asked_and_goes_on_where_it_was(member: Member) -> None:
    member.grow_old()
    person = member.person.open(ADD)
    assert person.path == "/sign-in/"
    assert "first show that it is still you" in person.text
    assert member.user.username in person.html, "who is to show it is filled in"
    assert member.sign_in_again().path == ADD
    assert "Create a passkey" in person.html


def test_t038_a_younger_one_is_not(member: Member) -> None:
    member.grow_old(240)
    assert member.person.open(ADD).path == ADD


@pytest.mark.parametrize("page", ["/account/passkeys/", "/account/mfa/", "/account/devices/", "/account/mfa/app/"])
def test_t038_looking_needs_no_confirmation(member: Member, page: str) -> None:
    member.grow_old()
    assert member.person.open(page).path == page
    assert member.person.status == 200


def test_t038_a_form_that_was_open_too_long_changes_nothing(member: Member) -> None:
    member.add_passkey()
    link = f"/account/passkeys/{member.passkeys()[0]['CredentialId']}/delete/"
    form = member.person.open(link).form(action=link)
    member.grow_old()
    assert member.person.send(form).path == "/sign-in/"
    assert len(member.passkeys()) == 1
    assert member.sign_in_again().path == link
    assert "Delete this passkey?" in member.person.text
    member.person.send(member.person.form(action=link))
    assert member.passkeys() == []


@pytest.mark.parametrize(
    ("page", "values"),
    [
        ("/account/mfa/", {"factor": "EMAIL_OTP", "change": "on"}),
        ("/account/mfa/app/", {}),
        (ADD, {"credential": "x"}),
        (ADD, {"credential": "{}"}),
        ("/account/passkeys/x/delete/", {}),
        ("/account/devices/", {"device": "x", "status": "remembered"}),
        ("/account/devices/x/forget/", {}),
    ],
)
def test_t038_every_change_asks(member: Member, page: str, values: dict[str, str]) -> None:
    form = member.person.open("/account/").form(action="/sign-out/")
    form.attributes["action"] = page
    member.grow_old()
    member.person.send(form, **values)
    assert member.person.path == "/sign-in/"
    assert member.sign_in_again().path == page


def test_t108_an_old_session_begins_no_passkey_by_ending_one_badly(member: Member) -> None:
    """A refusal brings no fresh challenge, not even the refusal of a passkey that was asked for in time."""
    reader = Person(htmx=True, client=member.person.client)
    form = reader.open(ADD).form(**{"data-webauthn": "create"})
    used = json.dumps(member.phone.register(form.attributes["data-options"], client_data={"type": "webauthn.get"}))
    member.grow_old()
    for credential in ("x", "{}", used):
        member.person.send(form, credential=credential)
        assert member.person.path == "/sign-in/", credential
        assert "data-options" not in member.person.html
    assert member.passkeys() == []


def test_t038_an_old_session_neither_sees_the_key_of_an_app_nor_turns_it_on(member: Member) -> None:
    """The key was begun in time and still lives: whoever confirms comes back to the same one."""
    person = member.person
    person.send(person.open(APP).form(action=APP))
    secret = person.html.partition('data-copy="')[2].partition('"')[0]
    assert secret
    form = next(form for form in person._read().forms if "code" in form.values)
    member.grow_old()
    assert person.open(APP).path == "/sign-in/"
    assert secret not in person.html
    assert person.send(form, code=app_code_at(secret)).path == "/sign-in/"
    assert "UserMFASettingList" not in member.pool.cognito.get_user(AccessToken=member.token)
    assert member.sign_in_again().path == APP
    assert secret in person.html
    form = next(form for form in person._read().forms if "code" in form.values)
    person.send(form, code=app_code_at(secret))
    assert member.pool.cognito.get_user(AccessToken=member.token)["UserMFASettingList"] == ["SOFTWARE_TOKEN_MFA"]


def test_t038_a_question_that_stood_open_too_long_remembers_no_device(
    offering: Portal, person: Person, settings: Any
) -> None:
    """Remember this device? The page of all devices asks for another sign-in before the same change."""
    cognito: Any = offering.pool.cognito
    settings.SIGN_IN_FLOWS = ["USER_PASSWORD_AUTH"]
    cognito.update_user_pool(
        UserPoolId=offering.pool.pool_id,
        DeviceConfiguration={"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": True},
    )
    user = offering.pool.add_user()
    person.sign_in("USER_PASSWORD_AUTH", user.username, user.password)
    assert person.path == "/remember-device/", person.text
    member = Member(person, user, offering.pool, Authenticator(origin="http://localhost"))
    member.grow_old()
    person.send(person.form(id="remember-device"), remember="yes")
    assert person.path == "/sign-in/"
    assert remembered(member) == "not_remembered"
    assert member.sign_in_again().path == "/remember-device/"
    assert person.send(person.form(id="remember-device"), remember="yes").path == "/account/"
    assert remembered(member) == "remembered"


def remembered(member: Member) -> str:
    """What the only device is, as the pool has it."""
    [device] = member.pool.cognito.list_devices(AccessToken=member.token)["Devices"]
    attributes = {pair["Name"]: pair["Value"] for pair in device["DeviceAttributes"]}
    return attributes["dev:device_remembered_status"]


def test_t038_a_passkey_that_is_already_made_is_registered_all_the_same(member: Member) -> None:
    """The device keeps it: to refuse it now would leave one there that opens nothing."""
    reader = Person(htmx=True, client=member.person.client)
    form = reader.open(ADD).form(**{"data-webauthn": "create"})
    made = member.phone.register(form.attributes["data-options"])
    member.grow_old()
    assert member.person.send(form, credential=json.dumps(made)).path == "/account/passkeys/"
    assert len(member.passkeys()) == 1


def test_t071_confirming_as_somebody_else_is_refused_and_changes_nothing(member: Member) -> None:
    other = member.pool.add_user()
    member.grow_old()
    before = member.token
    person = member.person.open(ADD)
    form = person.form(action="/sign-in/", flow="USER_PASSWORD_AUTH")
    person.send(form, username=other.username, password=other.password)
    assert "not the account you are signed in with" in person.text
    assert member.token == before
    assert member.user.username in person.open("/account/").text


def test_t071_without_being_asked_nobody_signs_in_over_somebody(member: Member) -> None:
    person = member.person.open("/sign-in/?new=1")
    assert "You are signed in" in person.text
    token = person.form(action="/sign-out/")
    token.attributes["action"] = "/sign-in/"
    other = member.pool.add_user()
    person.send(token, flow="USER_PASSWORD_AUTH", username=other.username, password=other.password)
    assert "You are signed in" in person.text
    assert member.user.username in person.open("/account/").text


def test_t069_confirming_takes_a_new_session_id_and_ends_the_tokens_of_before(member: Member) -> None:
    before = member.store()
    assert _still_refreshes(member, before["tokens"])
    member.grow_old()
    member.person.open(ADD)
    member.sign_in_again()
    assert member.store().session_key != before.session_key
    assert not _still_refreshes(member, before["tokens"])
    assert _still_refreshes(member, member.store()["tokens"])


def _still_refreshes(member: Member, tokens: dict[str, Any]) -> bool:
    cognito: Any = member.pool.cognito
    [client] = cognito.list_user_pool_clients(UserPoolId=member.pool.pool_id)["UserPoolClients"]
    try:
        cognito.get_tokens_from_refresh_token(
            RefreshToken=tokens["refresh_token"], ClientId=client["ClientId"], DeviceKey=tokens["device_key"]
        )
    except cognito.exceptions.NotAuthorizedException:
        return False
    return True
