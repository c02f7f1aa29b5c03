"""AdminCreateUser: names, attributes, temporary passwords and the message that brings them."""

import re
from typing import Any

import pytest

from flows.pool.models import PoolUser
from tests.pool.conftest import PASSWORD, World

EMAIL = {"Name": "email", "Value": "zoe@example.com"}
VERIFIED = {"Name": "email_verified", "Value": "true"}
PHONE = {"Name": "phone_number", "Value": "+12025550123"}


def create(world: World, name: str = "zoe", *attributes: dict[str, str], **members: Any) -> dict[str, Any]:
    return world(
        "AdminCreateUser", UserPoolId=world.pool_id, Username=name, UserAttributes=list(attributes), **members
    )["User"]


def refused(world: World, name: str = "zoe", *attributes: dict[str, str], **members: Any) -> tuple[str, str]:
    request = {"UserPoolId": world.pool_id, "Username": name, "UserAttributes": list(attributes), **members}
    return world.refusal("AdminCreateUser", **request)


def other_pool(world: World, **members: Any) -> World:
    world.pool_id = world("CreateUserPool", PoolName="other", **members)["UserPool"]["Id"]
    world.client_id = world.add_client()
    return world


# -- The user ----------------------------------------------------------------------------------------------------
def test_what_comes_back(world: World) -> None:
    user = create(world, "zoe", EMAIL, VERIFIED)
    assert user["Username"] == "zoe"
    assert user["UserStatus"] == "FORCE_CHANGE_PASSWORD"
    assert user["Enabled"] is True
    assert user["Attributes"][0]["Name"] == "sub"
    assert {**EMAIL} in user["Attributes"]
    assert user["UserCreateDate"] == user["UserLastModifiedDate"]
    found = world("AdminGetUser", UserPoolId=world.pool_id, Username="zoe")
    assert found["UserAttributes"] == user["Attributes"]


def test_required_attributes_may_be_missing(world: World) -> None:
    other_pool(world, Schema=[{"Name": "family_name", "Required": True}])
    assert create(world)["UserStatus"] == "FORCE_CHANGE_PASSWORD"


@pytest.mark.parametrize("name", ["alice", "ALICE", "\uff41lice"])
def test_t023_a_name_that_is_taken(world: World, name: str) -> None:
    assert refused(world, name) == ("UsernameExistsException", "User account already exists")


def test_case_counts_where_the_pool_says_so(world: World) -> None:
    other_pool(world, UsernameConfiguration={"CaseSensitive": True})
    create(world, "zoe")
    create(world, "Zoe")


@pytest.mark.parametrize(
    ("attribute", "text"),
    [
        ({"Name": "sub", "Value": "x"}, "user.sub: Attribute cannot be updated."),
        ({"Name": "custom:x", "Value": "x"}, "Type for attribute {custom:x} could not be determined"),
        ({"Name": "nonsense", "Value": "x"}, "Type for attribute {nonsense} could not be determined"),
        ({"Name": "email", "Value": "no address"}, "Invalid email address format."),
        ({"Name": "email", "Value": "a@b@example.com"}, "Invalid email address format."),
        ({"Name": "email", "Value": "a@example.com\r\nBcc: x@example.com"}, "Invalid email address format."),
        ({"Name": "email", "Value": f"{'x' * 400}@example.com"}, "Invalid email address format."),
        ({"Name": "phone_number", "Value": "202 555 0123"}, "Invalid phone number format."),
        (
            {"Name": "phone_number", "Value": "+\uff11\uff12\uff13\uff14\uff15\uff16\uff17"},
            "Invalid phone number format.",
        ),
        ({"Name": "birthdate", "Value": "1.1.2000"}, "String must be at least 10 characters long"),
        ({"Name": "birthdate", "Value": "01.01.2000"}, "Invalid birthdate format"),
        ({"Name": "updated_at", "Value": "yesterday"}, "updated_at: Value is not a number"),
        ({"Name": "updated_at", "Value": "1_0"}, "updated_at: Value is not a number"),
        ({"Name": "updated_at", "Value": "\uff11"}, "updated_at: Value is not a number"),
        ({"Name": "updated_at", "Value": "1e999"}, "updated_at: Value is not a number"),
        ({"Name": "updated_at", "Value": "-1"}, "updated_at: Number is out of range"),
        ({"Name": "email_verified", "Value": "perhaps"}, "email_verified: Value is not a boolean"),
    ],
)
def test_t126_attributes_that_are_refused(world: World, attribute: dict[str, str], text: str) -> None:
    code, message = refused(world, "zoe", attribute)
    assert code == "InvalidParameterException"
    assert text in message
    assert not PoolUser.objects.filter(username="zoe").exists()


def test_an_empty_value_is_none(world: World) -> None:
    assert [each["Name"] for each in create(world, "zoe", {"Name": "name", "Value": ""})["Attributes"]] == ["sub"]


# -- What a user may be called -----------------------------------------------------------------------------------
def test_a_pool_that_signs_in_by_email(world: World) -> None:
    other_pool(world, UsernameAttributes=["email"])
    user = create(world, "zoe@example.com")
    attributes = {each["Name"]: each["Value"] for each in user["Attributes"]}
    assert user["Username"] == attributes["sub"]
    assert attributes["email"] == "zoe@example.com"
    assert refused(world, "zoe") == ("InvalidParameterException", "Username should be an email.")
    assert refused(world, "ZOE@example.com")[0] == "UsernameExistsException"
    world.set_password("zoe@example.com", PASSWORD)
    assert world.sign_in("Zoe@Example.com")


def test_a_pool_that_signs_in_by_either(world: World) -> None:
    other_pool(world, UsernameAttributes=["email", "phone_number"])
    assert create(world, "+12025550123")
    assert refused(world, "zoe")[1] == "Username should be either an email or a phone number."


def test_an_email_is_no_username_beside_email_aliases(world: World) -> None:
    other_pool(world, AliasAttributes=["email"])
    assert refused(world, "zoe@example.com") == (
        "InvalidParameterException",
        "Username cannot be of email format, since user pool is configured for email alias.",
    )


# -- The temporary password --------------------------------------------------------------------------------------
def test_a_password_is_made_up_and_works(world: World) -> None:
    create(world, "zoe", EMAIL)
    [message] = world.sent
    challenge = world("InitiateAuth", **world.password_request("zoe", message.code))
    assert challenge["ChallengeName"] == "NEW_PASSWORD_REQUIRED"


def test_made_up_passwords_differ(world: World) -> None:
    for number in range(5):
        create(world, f"zoe{number}", EMAIL)
    assert len({message.code for message in world.sent}) == 5


def test_a_password_that_is_given_keeps_the_policy(world: World) -> None:
    assert refused(world, TemporaryPassword="short") == (
        "InvalidPasswordException",
        "Password did not conform with policy: Password not long enough",
    )
    create(world, TemporaryPassword=PASSWORD)
    assert world("InitiateAuth", **world.password_request("zoe", PASSWORD))["ChallengeName"] == "NEW_PASSWORD_REQUIRED"


def test_a_user_without_a_password(world: World) -> None:
    factors = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}
    other_pool(world, Policies=factors)
    assert create(world, "zoe", EMAIL, VERIFIED, MessageAction="SUPPRESS")["UserStatus"] == "CONFIRMED"
    assert PoolUser.objects.get(username="zoe").sealed_srp_verifier is None
    assert create(world, "yan", TemporaryPassword=PASSWORD)["UserStatus"] == "FORCE_CHANGE_PASSWORD"


# -- The message -------------------------------------------------------------------------------------------------
def test_the_message(world: World) -> None:
    create(world, "zoe", EMAIL, TemporaryPassword=PASSWORD)
    [message] = world.sent
    assert (message.medium, message.destination, message.username) == ("email", "zoe@example.com", "zoe")
    assert (message.purpose, message.code) == ("AdminCreateUser", PASSWORD)
    assert message.text == f"Your username is zoe and temporary password is {PASSWORD}."


def test_the_pools_own_words(world: World) -> None:
    template = {"EmailMessage": "Hello {username}, take {####}", "SMSMessage": "{username} {####}"}
    other_pool(world, AdminCreateUserConfig={"InviteMessageTemplate": template})
    create(world, "zoe", EMAIL, PHONE, TemporaryPassword=PASSWORD, DesiredDeliveryMediums=["EMAIL", "SMS"])
    assert {message.medium: message.text for message in world.sent} == {
        "email": f"Hello zoe, take {PASSWORD}",
        "sms": f"zoe {PASSWORD}",
    }


@pytest.mark.parametrize(
    ("attributes", "media", "sent"),
    [
        ([EMAIL, PHONE], None, ["sms"]),
        ([EMAIL], None, ["email"]),
        ([], None, []),
        ([EMAIL, PHONE], ["EMAIL"], ["email"]),
        ([EMAIL, PHONE], ["EMAIL", "SMS"], ["sms", "email"]),
    ],
)
def test_where_it_goes(
    world: World, attributes: list[dict[str, str]], media: list[str] | None, sent: list[str]
) -> None:
    create(world, "zoe", *attributes, **({"DesiredDeliveryMediums": media} if media else {}))
    assert [message.medium for message in world.sent] == sent


def test_no_address_for_the_medium_asked_for(world: World) -> None:
    assert refused(world, "zoe", EMAIL, DesiredDeliveryMediums=["SMS"])[0] == "InvalidParameterException"
    assert not PoolUser.objects.filter(username="zoe").exists()


def test_a_suppressed_message(world: World) -> None:
    create(world, "zoe", EMAIL, MessageAction="SUPPRESS")
    assert world.sent == []


# -- RESEND ------------------------------------------------------------------------------------------------------
def test_sending_again_makes_a_new_password_and_the_old_one_dies(world: World) -> None:
    create(world, "zoe", EMAIL)
    world.clock.forward(days=6)
    create(world, "zoe", MessageAction="RESEND")
    world.clock.forward(days=6)  # the seven days run anew
    first, second = (message.code for message in world.sent)
    assert first != second
    assert world.refusal("InitiateAuth", **world.password_request("zoe", first))[0] == "NotAuthorizedException"
    assert "Session" in world("InitiateAuth", **world.password_request("zoe", second))


def test_sending_again_changes_nothing_else(world: World) -> None:
    before = create(world, "zoe", EMAIL)
    after = create(world, "zoe", {"Name": "email", "Value": "other@example.com"}, MessageAction="RESEND")
    assert after["Attributes"] == before["Attributes"]


def test_nobody_to_send_to_again(world: World) -> None:
    assert refused(world, "nobody", MessageAction="RESEND")[0] == "UserNotFoundException"
    assert refused(world, "alice", MessageAction="RESEND") == (
        "UnsupportedUserStateException",
        "Resend not possible. alice status is not FORCE_CHANGE_PASSWORD",
    )


def test_t037_a_temporary_password_is_never_for_good(world: World) -> None:
    create(world, "zoe", TemporaryPassword=PASSWORD)
    challenge = world("InitiateAuth", **world.password_request("zoe", PASSWORD))
    assert not re.search("Access|Refresh|IdToken", str(challenge))
    world.clock.forward(days=7, seconds=1)
    assert world.refusal("InitiateAuth", **world.password_request("zoe", PASSWORD)) == (
        "NotAuthorizedException",
        "Temporary password has expired and must be reset by an administrator.",
    )


# -- AdminSetUserPassword ----------------------------------------------------------------------------------------
def test_a_password_for_good_and_one_for_now(world: World) -> None:
    create(world)
    world.set_password("zoe", PASSWORD)
    assert world("AdminGetUser", UserPoolId=world.pool_id, Username="zoe")["UserStatus"] == "CONFIRMED"
    assert world.sign_in("zoe")
    world.set_password("zoe", PASSWORD, permanent=False)
    assert world("AdminGetUser", UserPoolId=world.pool_id, Username="zoe")["UserStatus"] == "FORCE_CHANGE_PASSWORD"


@pytest.mark.parametrize(
    ("password", "rule"),
    [
        ("Aa1!aaa", "Password not long enough"),
        ("aa1!aaaa", "Password must have uppercase characters"),
        ("AA1!AAAA", "Password must have lowercase characters"),
        ("Aa!!aaaa", "Password must have numeric characters"),
        ("Aa1aaaaa", "Password must have symbol characters"),
        ("\u00c4\u00e41!1111", "Password must have uppercase characters"),
    ],
)
def test_t032_the_policy_says_what_is_missing(world: World, password: str, rule: str) -> None:
    refusal = world.refusal("AdminSetUserPassword", UserPoolId=world.pool_id, Username="alice", Password=password)
    assert refusal == ("InvalidPasswordException", f"Password did not conform with policy: {rule}")


@pytest.mark.parametrize("password", ["Aa1!aa \u00e9\U0001f600", "Aa1!" + "x" * 252, "Aa1!aaae\u0301"])
def test_t030_passwords_reach_the_pool_byte_exact(world: World, password: str) -> None:
    world.set_password("alice", password)
    assert world.sign_in("alice", password)
    assert world.refusal("InitiateAuth", **world.password_request("alice", f"{password} "))[0]


def test_nobody(world: World) -> None:
    for operation, members in (("AdminGetUser", {}), ("AdminSetUserPassword", {"Password": PASSWORD})):
        refusal = world.refusal(operation, UserPoolId=world.pool_id, Username="nobody", **members)
        assert refusal == ("UserNotFoundException", "User does not exist.")
