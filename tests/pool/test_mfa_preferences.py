"""Turning second factors on and off, and what is told about them."""

from typing import Any

import pytest

from tests.pool import mfa
from tests.pool.conftest import World
from tests.pool.mfa import give, prefer, require
from tests.race import race

TOKEN, EMAIL, SMS = "SOFTWARE_TOKEN_MFA", "EMAIL_OTP", "SMS_MFA"
ALL = (TOKEN, EMAIL, SMS)
VERIFIED_PASSKEYS = {
    "RelyingPartyId": "localhost",
    "UserVerification": "required",
    "FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION",
}


@pytest.fixture
def token(world: World) -> str:
    """The access token of alice, who could answer every factor and has turned none on."""
    require(world, "OPTIONAL", *ALL, WebAuthnConfiguration=VERIFIED_PASSKEYS)
    give(world, "email")
    give(world, "phone_number")
    mfa.set_up_app(world)
    return str(world.sign_in()["AccessToken"])


def told(world: World) -> tuple[list[str], str | None]:
    """UserMFASettingList and PreferredMfaSetting, which every operation tells alike."""
    found = world("AdminGetUser", UserPoolId=world.pool_id, Username="alice")
    factors = world("AdminGetUserAuthFactors", UserPoolId=world.pool_id, Username="alice")
    for name in ("UserMFASettingList", "PreferredMfaSetting"):
        assert found.get(name) == factors.get(name)
    return found.get("UserMFASettingList", []), found.get("PreferredMfaSetting")


def change_refused(world: World, token: str, **blocks: Any) -> str:
    """The text of the refusal; nothing may have changed."""
    before = told(world)
    code, text = world.refusal("SetUserMFAPreference", AccessToken=token, **blocks)
    assert code == "InvalidParameterException"
    assert told(world) == before
    return text


@pytest.mark.parametrize("factor", ALL)
def test_users_turn_a_factor_on_and_off(world: World, token: str, factor: str) -> None:
    block = mfa.BLOCK[factor]
    world("SetUserMFAPreference", AccessToken=token, **{block: {"Enabled": True}})
    assert told(world) == ([factor], None)
    world("SetUserMFAPreference", AccessToken=token, **{block: {"Enabled": True, "PreferredMfa": True}})
    assert told(world) == ([factor], factor)
    world("SetUserMFAPreference", AccessToken=token, **{block: {"Enabled": True, "PreferredMfa": False}})
    assert told(world) == ([factor], None)
    world("SetUserMFAPreference", AccessToken=token, **{block: {"Enabled": False}})
    assert told(world) == ([], None)


def test_what_a_request_does_not_name_stays(world: World, token: str) -> None:
    prefer(world, TOKEN, Enabled=True, PreferredMfa=True)
    world("SetUserMFAPreference", AccessToken=token, SMSMfaSettings={"Enabled": True})
    assert told(world) == ([SMS, TOKEN], TOKEN)
    world("SetUserMFAPreference", AccessToken=token, EmailMfaSettings={"Enabled": True, "PreferredMfa": True})
    assert told(world) == ([SMS, TOKEN, EMAIL], EMAIL)
    world("SetUserMFAPreference", AccessToken=token, EmailMfaSettings={"Enabled": False, "PreferredMfa": False})
    assert told(world) == ([SMS, TOKEN], None)


def test_only_one_can_be_preferred(world: World, token: str) -> None:
    both = {"Enabled": True, "PreferredMfa": True}
    assert change_refused(world, token, SMSMfaSettings=both, EmailMfaSettings=both)


@pytest.mark.parametrize("settings", [{"Enabled": False, "PreferredMfa": True}, {"PreferredMfa": True}])
def test_a_preferred_factor_must_be_enabled(world: World, token: str, settings: dict[str, bool]) -> None:
    assert change_refused(world, token, SMSMfaSettings=settings)
    prefer(world, SMS, Enabled=True)
    if "Enabled" not in settings:
        world("SetUserMFAPreference", AccessToken=token, SMSMfaSettings=settings)
        assert told(world) == ([SMS], SMS)


@pytest.mark.parametrize(("factor", "attribute"), [(EMAIL, "email"), (SMS, "phone_number")])
def test_a_factor_needs_its_address(world: World, token: str, factor: str, attribute: str) -> None:
    world("AdminDeleteUserAttributes", UserPoolId=world.pool_id, Username="alice", UserAttributeNames=[attribute])
    text = change_refused(world, token, **{mfa.BLOCK[factor]: {"Enabled": True}})
    assert text == f"User does not have delivery config set to turn on {factor}"


@pytest.mark.parametrize("factor", [EMAIL, SMS])
def test_a_factor_needs_its_pool(world: World, token: str, factor: str) -> None:
    require(world, "OPTIONAL", TOKEN)
    text = change_refused(world, token, **{mfa.BLOCK[factor]: {"Enabled": True}})
    assert text == f"User does not have delivery config set to turn on {factor}"


def test_an_app_must_have_been_verified(world: World) -> None:
    require(world, "OPTIONAL", TOKEN)
    token = world.sign_in()["AccessToken"]
    on = {"SoftwareTokenMfaSettings": {"Enabled": True}}
    assert change_refused(world, token, **on) == "User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA"
    world("AssociateSoftwareToken", AccessToken=token)
    assert change_refused(world, token, **on) == "User has not verified software token mfa"


def test_one_refusal_undoes_the_whole_request(world: World, token: str) -> None:
    world("AdminDeleteUserAttributes", UserPoolId=world.pool_id, Username="alice", UserAttributeNames=["phone_number"])
    on = {"Enabled": True}
    assert change_refused(world, token, SoftwareTokenMfaSettings=on, EmailMfaSettings=on, SMSMfaSettings=on)


def test_the_last_factor_stays_on_where_the_pool_requires_one(world: World, token: str) -> None:
    prefer(world, TOKEN, Enabled=True, PreferredMfa=True)
    prefer(world, SMS, Enabled=True)
    require(world, "ON", *ALL)
    world("SetUserMFAPreference", AccessToken=token, SMSMfaSettings={"Enabled": False})
    assert change_refused(world, token, SoftwareTokenMfaSettings={"Enabled": False})
    assert told(world) == ([TOKEN], TOKEN)


def test_a_lost_address_is_no_factor(world: World, token: str) -> None:
    prefer(world, SMS, Enabled=True, PreferredMfa=True)
    world("AdminDeleteUserAttributes", UserPoolId=world.pool_id, Username="alice", UserAttributeNames=["phone_number"])
    assert told(world) == ([], None)
    assert "AuthenticationResult" in mfa.begin(world)


# -- Passkeys as both factors --------------------------------------------------------------------------------------
def test_passkeys_count_twice_only_beside_another_factor(world: World, token: str) -> None:
    on = {"WebAuthnMfaSettings": {"Enabled": True}}
    assert change_refused(world, token, **on)
    world("SetUserMFAPreference", AccessToken=token, SMSMfaSettings={"Enabled": True}, **on)
    require(world, "OPTIONAL", *ALL)
    assert change_refused(world, token, **on), "the pool does not let them"


# -- The older way ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("admin", [True, False])
def test_text_messages_the_older_way(world: World, token: str, admin: bool) -> None:
    operation = "AdminSetUserSettings" if admin else "SetUserSettings"
    who = {"UserPoolId": world.pool_id, "Username": "alice"} if admin else {"AccessToken": token}
    option = {"DeliveryMedium": "SMS", "AttributeName": "phone_number"}
    world(operation, **who, MFAOptions=[option])
    assert told(world) == ([SMS], None)
    assert world("GetUser", AccessToken=token)["MFAOptions"] == [option]
    for other in ({"DeliveryMedium": "EMAIL", "AttributeName": "email"}, {"DeliveryMedium": "SMS"}, {}):
        assert world.refusal(operation, **who, MFAOptions=[other])[0] == "InvalidParameterException"
    world(operation, **who, MFAOptions=[])
    assert told(world) == ([], None)
    assert "MFAOptions" not in world("GetUser", AccessToken=token)


# -- What is told ----------------------------------------------------------------------------------------------------
def test_get_user_tells_what_is_on(world: World, token: str) -> None:
    before = world("GetUser", AccessToken=token)
    assert not before.keys() & {"UserMFASettingList", "PreferredMfaSetting", "MFAOptions"}
    prefer(world, TOKEN, Enabled=True, PreferredMfa=True)
    after = world("GetUser", AccessToken=token)
    assert (after["UserMFASettingList"], after["PreferredMfaSetting"]) == ([TOKEN], TOKEN)


def test_auth_factors(world: World, token: str) -> None:
    first = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}
    world("UpdateUserPool", UserPoolId=world.pool_id, Policies=first)
    found = world("GetUserAuthFactors", AccessToken=token)
    assert found["Username"] == "alice"
    assert found["ConfiguredUserAuthFactors"] == ["PASSWORD", "EMAIL_OTP"]
    prefer(world, TOKEN, Enabled=True, PreferredMfa=True)
    found = world("GetUserAuthFactors", AccessToken=token)
    assert found["ConfiguredUserAuthFactors"] == ["PASSWORD", "SOFTWARE_TOKEN"]
    assert (found["UserMFASettingList"], found["PreferredMfaSetting"]) == ([TOKEN], TOKEN)
    admins = world("AdminGetUserAuthFactors", UserPoolId=world.pool_id, Username="alice")
    assert {name: admins[name] for name in found if name != "ResponseMetadata"} == {
        name: value for name, value in found.items() if name != "ResponseMetadata"
    }


@pytest.mark.parametrize(
    ("operation", "members"),
    [
        ("AdminSetUserMFAPreference", {}),
        ("AdminSetUserSettings", {"MFAOptions": []}),
        ("AdminGetUserAuthFactors", {}),
        ("AdminDeleteSoftwareToken", {}),
    ],
)
def test_nobody_of_that_name(world: World, operation: str, members: dict[str, Any]) -> None:
    refusal = world.refusal(operation, UserPoolId=world.pool_id, Username="nobody", **members)
    assert refusal == ("UserNotFoundException", "User does not exist.")


@pytest.mark.django_db(transaction=True)
def test_of_many_changes_at_once_none_is_lost(world: World, token: str) -> None:
    blocks = [mfa.BLOCK[factor] for factor in ALL] * 16

    def run() -> None:
        world("SetUserMFAPreference", AccessToken=token, **{blocks.pop(): {"Enabled": True}})

    assert race(48, run) == [None] * 48
    assert told(world) == ([SMS, TOKEN, EMAIL], None)
