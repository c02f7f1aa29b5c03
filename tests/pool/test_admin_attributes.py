"""AdminUpdateUserAttributes and AdminDeleteUserAttributes: the schema, the verified flags, the names that sign in."""

from typing import Any

import pytest

from tests.pool.conftest import PASSWORD, World
from tests.race import race

SCHEMA = [
    {"Name": "role", "AttributeDataType": "String", "StringAttributeConstraints": {"MinLength": "2", "MaxLength": "5"}},
    {"Name": "level", "AttributeDataType": "Number", "NumberAttributeConstraints": {"MinValue": "1", "MaxValue": "9"}},
    {"Name": "staff", "AttributeDataType": "Boolean"},
    {"Name": "tenant", "AttributeDataType": "String", "Mutable": False},
    {"Name": "note", "AttributeDataType": "String", "DeveloperOnlyAttribute": True},
    {"Name": "email", "AttributeDataType": "String", "Required": True},
]
SCHEMA_TEXT = "Attributes did not conform to the schema: "


def new_pool(world: World, **members: Any) -> None:
    world.pool_id = world("CreateUserPool", PoolName="tests", **members)["UserPool"]["Id"]
    world.client_id = world.add_client()


def pairs(given: dict[str, str]) -> list[dict[str, str]]:
    return [{"Name": name.replace("__", ":"), "Value": value} for name, value in given.items()]


def create(world: World, name: str, /, **given: str) -> None:
    request = {"UserPoolId": world.pool_id, "Username": name, "UserAttributes": pairs(given)}
    world("AdminCreateUser", MessageAction="SUPPRESS", **request)
    world.set_password(name, PASSWORD)


def request_for(world: World, name: str, given: dict[str, str]) -> dict[str, Any]:
    return {"UserPoolId": world.pool_id, "Username": name, "UserAttributes": pairs(given)}


def update(world: World, name: str, /, **given: str) -> None:
    world("AdminUpdateUserAttributes", **request_for(world, name, given))


def refused(world: World, name: str, /, **given: str) -> tuple[str, str]:
    return world.refusal("AdminUpdateUserAttributes", **request_for(world, name, given))


def have(world: World, name: str) -> dict[str, str]:
    user = world("AdminGetUser", UserPoolId=world.pool_id, Username=name)
    return {pair["Name"]: pair["Value"] for pair in user["UserAttributes"] if pair["Name"] != "sub"}


def remove(world: World, name: str, *names: str) -> dict[str, Any]:
    return {"UserPoolId": world.pool_id, "Username": name, "UserAttributeNames": list(names)}


# -- What may be written -----------------------------------------------------------------------------------------
def test_attributes_are_written_and_removed(world: World) -> None:
    new_pool(world, Schema=SCHEMA)
    create(world, "bob", email="bob@example.com", custom__role="admin")
    world.clock.forward(minutes=1)
    update(world, "bob", custom__role="user", custom__level="3", name="Bob", dev__note="x")
    assert have(world, "bob") == {
        "email": "bob@example.com",
        "custom:role": "user",
        "custom:level": "3",
        "name": "Bob",
        "dev:note": "x",
    }
    user = world("AdminGetUser", UserPoolId=world.pool_id, Username="bob")
    assert user["UserLastModifiedDate"].timestamp() == pytest.approx(world.clock().timestamp(), abs=0.001)
    update(world, "bob", name="")
    world("AdminDeleteUserAttributes", **remove(world, "bob", "custom:role", "custom:level", "family_name"))
    assert have(world, "bob") == {"email": "bob@example.com", "dev:note": "x"}


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"custom:role": "a"}, f"{SCHEMA_TEXT}custom:role: String must be at least 2 characters long"),
        ({"custom:role": "abcdef"}, f"{SCHEMA_TEXT}custom:role: String must be no longer than 5 characters"),
        ({"custom:level": "0"}, f"{SCHEMA_TEXT}custom:level: Number is out of range"),
        ({"custom:level": "ten"}, f"{SCHEMA_TEXT}custom:level: Value is not a number"),
        ({"custom:level": "NaN"}, f"{SCHEMA_TEXT}custom:level: Value is not a number"),
        ({"custom:staff": "perhaps"}, f"{SCHEMA_TEXT}custom:staff: Value is not a boolean"),
        ({"custom:other": "x"}, f"{SCHEMA_TEXT}Type for attribute {{custom:other}} could not be determined"),
        ({"role": "user"}, f"{SCHEMA_TEXT}Type for attribute {{role}} could not be determined"),
        ({"email": "not one"}, "Invalid email address format."),
        ({"phone_number": "12345"}, "Invalid phone number format."),
        ({"email": ""}, f"{SCHEMA_TEXT}email: The attribute is required"),
        ({"custom:tenant": "b"}, "user.custom:tenant: Attribute cannot be updated.\n(changing an immutable attribute)"),
        ({"sub": "x"}, "user.sub: Attribute cannot be updated.\n(changing an immutable attribute)"),
        ({"phone_number_verified": "true"}, "Phone Number is required to verify/un-verify a phone number"),
    ],
)
def test_what_the_schema_refuses(world: World, given: dict[str, str], text: str) -> None:
    new_pool(world, Schema=SCHEMA)
    create(world, "bob", email="bob@example.com", custom__tenant="a")
    before = have(world, "bob")
    assert refused(world, "bob", **given) == ("InvalidParameterException", text)
    assert have(world, "bob") == before


@pytest.mark.parametrize("name", ["email", "sub", "custom:tenant", "custom:other"])
def test_what_cannot_be_removed(world: World, name: str) -> None:
    new_pool(world, Schema=SCHEMA)
    create(world, "bob", email="bob@example.com", custom__tenant="a")
    before = have(world, "bob")
    assert world.refusal("AdminDeleteUserAttributes", **remove(world, "bob", name))[0] == "InvalidParameterException"
    assert have(world, "bob") == before


@pytest.mark.django_db(transaction=True)
def test_of_many_writes_at_once_none_is_lost(world: World) -> None:
    names = iter(["name", "given_name", "family_name", "middle_name", "nickname", "website", "locale", "zoneinfo"])
    race(8, lambda: update(world, "alice", **{next(names): "x"}))
    assert len(have(world, "alice")) == 8


# -- Verified flags ----------------------------------------------------------------------------------------------
def test_t087_a_changed_address_is_unverified(world: World) -> None:
    create(world, "bob", email="bob@example.com", email_verified="true")
    update(world, "bob", email="bob@example.com")
    assert have(world, "bob")["email_verified"] == "true"
    update(world, "bob", email="bobby@example.com")
    assert have(world, "bob") == {"email": "bobby@example.com", "email_verified": "false"}
    update(world, "bob", email_verified="true")
    assert have(world, "bob")["email_verified"] == "true"
    update(world, "bob", email="bert@example.com", email_verified="true")
    assert have(world, "bob")["email_verified"] == "true"
    assert world.sent == []
    world("AdminDeleteUserAttributes", **remove(world, "bob", "email"))
    assert have(world, "bob") == {}


def test_an_auto_verified_address_is_sent_a_code(world: World) -> None:
    new_pool(world, AutoVerifiedAttributes=["email"])
    create(world, "bob", email="bob@example.com", email_verified="true")
    update(world, "bob", email="bobby@example.com", phone_number="+15550100")
    assert have(world, "bob")["email"] == "bobby@example.com"
    (message,) = world.sent
    assert (message.destination, message.purpose) == ("bobby@example.com", "UpdateUserAttribute")
    assert message.text == f"Your verification code is {message.code}."


def test_t087_an_address_may_have_to_be_proved_first(world: World) -> None:
    new_pool(world, UserAttributeUpdateSettings={"AttributesRequireVerificationBeforeUpdate": ["email"]})
    create(world, "bob", email="bob@example.com", email_verified="true")
    update(world, "bob", email="bobby@example.com", name="Bob")
    assert have(world, "bob") == {"email": "bob@example.com", "email_verified": "true", "name": "Bob"}
    assert [message.destination for message in world.sent] == ["bobby@example.com"]
    assert refused(world, "bob", email="nonsense")[1] == "Invalid email address format."
    update(world, "bob", email="bobby@example.com", email_verified="true")  # the administrator vouches for it
    assert have(world, "bob")["email"] == "bobby@example.com"
    assert len(world.sent) == 1


# -- Names that sign in ------------------------------------------------------------------------------------------
def test_an_alias_follows_the_attribute(world: World) -> None:
    new_pool(world, AliasAttributes=["email"])
    create(world, "bob", email="bob@example.com", email_verified="true")
    assert world.sign_in("BOB@example.com")["AccessToken"]
    update(world, "bob", email="bobby@example.com")
    for name in ("bob@example.com", "bobby@example.com"):  # the old one is gone, the new one is not proved
        assert world.refusal("InitiateAuth", **world.password_request(name, PASSWORD))[0] == "UserNotFoundException"
    update(world, "bob", email_verified="true")
    assert world.sign_in("bobby@example.com")["AccessToken"]


def test_a_verified_alias_moves_to_whom_the_administrator_gives_it(world: World) -> None:
    """As live pools do: no AliasExistsException here (boto/boto3 issue 3213)."""
    new_pool(world, AliasAttributes=["email"])
    for name in ("bob", "carol"):
        create(world, name, email=f"{name}@example.com", email_verified="true")
    update(world, "carol", email="Bob@example.com", email_verified="true")
    assert have(world, "bob")["email_verified"] == "false"
    token = world.sign_in("bob@example.com")["AccessToken"]
    assert world("GetUser", AccessToken=token)["Username"] == "carol"


def test_a_preferred_username_is_of_one_user(world: World) -> None:
    new_pool(world, AliasAttributes=["preferred_username"])
    create(world, "bob", preferred_username="bobby")
    create(world, "carol")
    told = ("AliasExistsException", "An account with the given preferred_username already exists.")
    assert refused(world, "carol", preferred_username="BOBBY") == told
    assert have(world, "carol") == {}


def test_t087_an_address_that_is_the_username_is_of_one_user(world: World) -> None:
    new_pool(world, UsernameAttributes=["email"])
    for name in ("bob@example.com", "carol@example.com"):
        create(world, name)
    told = ("AliasExistsException", "An account with the given email already exists.")
    assert refused(world, "carol@example.com", email="BOB@example.com") == told
    update(world, "carol@example.com", email="caro@example.com")
    assert world.sign_in("caro@example.com")["AccessToken"]
    assert world.refusal("InitiateAuth", **world.password_request("carol@example.com", PASSWORD))[1] == (
        "User does not exist."
    )
