"""What users may do to their own attributes with an access token, and how they prove an address."""

from typing import Any

import pytest

from flows.pool.models import PoolUser
from tests.pool.conftest import PASSWORD, World

UNAUTHORIZED = ("NotAuthorizedException", "A client attempted to write unauthorized attribute")
MISMATCH = ("CodeMismatchException", "Invalid verification code provided, please try again.")
EXPIRED = ("ExpiredCodeException", "Invalid code provided, please request a code again.")
SCHEMA = [
    {"Name": "role", "AttributeDataType": "String"},
    {"Name": "colour", "AttributeDataType": "String", "StringAttributeConstraints": {"MaxLength": "5"}},
    {"Name": "tenant", "AttributeDataType": "String", "Mutable": False},
    {"Name": "note", "AttributeDataType": "String", "DeveloperOnlyAttribute": True},
    {"Name": "family_name", "AttributeDataType": "String", "Required": True},
]
FIRST = {"UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email", "phone_number"]}}


class Me:
    """A signed-in user of a pool of the test's own."""

    def __init__(self, world: World, **pool: Any) -> None:
        self.world = world
        world.pool_id = world("CreateUserPool", PoolName="tests", Schema=SCHEMA, **pool)["UserPool"]["Id"]
        names = ["email", "phone_number", "name", "family_name", "custom:colour", "custom:tenant", "dev:note"]
        names += ["sub", "email_verified", "phone_number_verified"]  # a careless setting, which must grant nothing
        world.client_id = world.add_client(WriteAttributes=names)
        self.add("bob@example.com" if pool.get("UsernameAttributes") else "bob", email="bob@example.com")
        self.token = world.sign_in("bob@example.com" if pool.get("UsernameAttributes") else "bob")["AccessToken"]

    def add(self, name: str, /, **given: str) -> None:
        given = {"family_name": "B", "email_verified": "true"} | given
        pairs = [{"Name": key, "Value": value} for key, value in given.items()]
        request = {"UserPoolId": self.world.pool_id, "Username": name, "UserAttributes": pairs}
        self.world("AdminCreateUser", MessageAction="SUPPRESS", **request)
        self.world.set_password(name, PASSWORD)

    def __call__(self, operation: str, **members: Any) -> dict[str, Any]:
        return self.world(operation, AccessToken=self.token, **members)

    def refused(self, operation: str, **members: Any) -> tuple[str, str]:
        return self.world.refusal(operation, AccessToken=self.token, **members)

    def update(self, **given: str) -> list[dict[str, str]]:
        return self("UpdateUserAttributes", UserAttributes=pairs(given)).get("CodeDeliveryDetailsList", [])

    def refused_update(self, **given: str) -> tuple[str, str]:
        return self.refused("UpdateUserAttributes", UserAttributes=pairs(given))

    def have(self) -> dict[str, str]:
        return {each["Name"]: each["Value"] for each in self("GetUser")["UserAttributes"] if each["Name"] != "sub"}

    def verify(self, code: str, attribute: str = "email") -> dict[str, Any]:
        return self("VerifyUserAttribute", AttributeName=attribute, Code=code)

    def refused_code(self, code: str, attribute: str = "email") -> tuple[str, str]:
        return self.refused("VerifyUserAttribute", AttributeName=attribute, Code=code)

    @property
    def code(self) -> str:
        return self.world.sent[-1].code


def pairs(given: dict[str, str]) -> list[dict[str, str]]:
    return [{"Name": name.replace("__", ":"), "Value": value} for name, value in given.items()]


# -- What may be written -----------------------------------------------------------------------------------------
def test_attributes_are_written_and_removed(world: World) -> None:
    me = Me(world)
    assert me.update(name="Bob", custom__colour="red") == []
    assert me.have() == {
        "family_name": "B",
        "email": "bob@example.com",
        "email_verified": "true",
        "name": "Bob",
        "custom:colour": "red",
    }
    me.update(name="")
    me("DeleteUserAttributes", UserAttributeNames=["custom:colour", "phone_number"])
    assert set(me.have()) == {"family_name", "email", "email_verified"}


@pytest.mark.parametrize("name", ["custom:role", "email_verified", "phone_number_verified", "nickname", "dev:note"])
def test_t086_what_a_client_may_not_write(world: World, name: str) -> None:
    me = Me(world)
    before = me.have()
    assert me.refused_update(**{name: "true"}) == UNAUTHORIZED
    assert me.refused_update(name="Bob", **{name: "true"}) == UNAUTHORIZED
    assert me.refused("DeleteUserAttributes", UserAttributeNames=[name]) == UNAUTHORIZED
    assert me.have() == before


def test_t086_the_sub_is_for_life(world: World) -> None:
    me = Me(world)
    sub = me("GetUser")["UserAttributes"][0]
    assert me.refused_update(sub="00000000-0000-4000-8000-000000000000")[0] in UNAUTHORIZED
    assert me("GetUser")["UserAttributes"][0] == sub


def test_without_write_attributes_the_standard_ones_may_be_written(world: World) -> None:
    me = Me(world)
    world.client_id = world.add_client()
    me.token = world.sign_in("bob")["AccessToken"]
    me.update(nickname="bobby")
    assert me.refused_update(custom__colour="red") == UNAUTHORIZED


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"custom:colour": "purple"}, "custom:colour: String must be no longer than 5 characters"),
        ({"custom:nothing": "x"}, "Type for attribute {custom:nothing} could not be determined"),
        ({"family_name": ""}, "family_name: The attribute is required"),
        ({"custom:tenant": "x"}, "user.custom:tenant: Attribute cannot be updated.\n(changing an immutable attribute)"),
        ({"email": "nonsense"}, "Invalid email address format."),
    ],
)
def test_what_the_schema_refuses(world: World, given: dict[str, str], text: str) -> None:
    code, told = Me(world).refused_update(**given)
    assert code == "InvalidParameterException"
    assert told.removeprefix("Attributes did not conform to the schema: ") == text


def test_developer_only_attributes_are_not_told(world: World) -> None:
    me = Me(world)
    request = {"UserPoolId": world.pool_id, "Username": "bob", "UserAttributes": pairs({"dev:note": "x"})}
    world("AdminUpdateUserAttributes", **request)
    assert "dev:note" not in me.have()


# -- Proving an address ------------------------------------------------------------------------------------------
def test_a_changed_address_is_proved_by_its_code(world: World) -> None:
    me = Me(world, AutoVerifiedAttributes=["email"])
    details = {"Destination": "b***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email"}
    assert me.update(email="bobby@example.com") == [details]
    assert me.have()["email_verified"] == "false"
    assert world.sent[-1].destination == "bobby@example.com"
    me.verify(me.code)
    assert (me.have()["email"], me.have()["email_verified"]) == ("bobby@example.com", "true")
    assert me.refused_code(me.code) == EXPIRED  # it is used up


def test_a_phone_number_is_sent_a_text_message(world: World) -> None:
    me = Me(world, AutoVerifiedAttributes=["phone_number"])
    details = {"Destination": "+*******0123", "DeliveryMedium": "SMS", "AttributeName": "phone_number"}
    assert me.update(phone_number="+12025550123") == [details]
    assert world.sent[-1].medium == "sms"
    me.verify(me.code, "phone_number")
    assert me.have()["phone_number_verified"] == "true"


def test_t087_the_old_address_stays_until_the_new_one_is_proved(world: World) -> None:
    me = Me(world, AliasAttributes=["email"], **FIRST)
    me.update(email="bobby@example.com")
    assert (me.have()["email"], me.have()["email_verified"]) == ("bob@example.com", "true")
    assert world.sign_in("bob@example.com")["AccessToken"]
    assert world.refusal("InitiateAuth", **world.password_request("bobby@example.com", PASSWORD))[0] == (
        "UserNotFoundException"
    )
    me.verify(me.code)
    assert (me.have()["email"], me.have()["email_verified"]) == ("bobby@example.com", "true")
    assert world.sign_in("bobby@example.com")["AccessToken"]


def test_t087_somebody_elses_address_in_another_case(world: World) -> None:
    me = Me(world, AliasAttributes=["email"], **FIRST)
    me.add("carol", email="carol@example.com")
    me.update(email="CAROL@example.com")
    told = ("AliasExistsException", "An account with the given email already exists.")
    assert me.refused_code(me.code) == told
    assert me.have()["email"] == "bob@example.com"
    token = world.sign_in("carol@example.com")["AccessToken"]
    assert world("GetUser", AccessToken=token)["Username"] == "carol"


def test_t087_an_address_that_is_a_username(world: World) -> None:
    me = Me(world, UsernameAttributes=["email"])
    me.add("carol@example.com")
    told = ("AliasExistsException", "An account with the given email already exists.")
    assert me.refused_update(email="CAROL@example.com") == told
    me.update(email="bobby@example.com")
    assert world.sign_in("bobby@example.com")["AccessToken"]


def test_a_code_proves_only_what_it_was_sent_to(world: World) -> None:
    me = Me(world, AutoVerifiedAttributes=["email"])
    me.update(email="first@example.com")
    old = me.code
    me.update(email="second@example.com")
    if old != me.code:
        assert me.refused_code(old) == MISMATCH
    world("UpdateUserPool", UserPoolId=world.pool_id)  # no longer verifies by itself
    me.update(email="third@example.com")
    assert me.refused_code(me.code) == EXPIRED
    assert me.have()["email_verified"] == "false"


def test_codes_are_sent_again(world: World) -> None:
    me = Me(world, **FIRST)
    me.update(email="bobby@example.com")
    old = me.code
    details = me("GetUserAttributeVerificationCode", AttributeName="email")["CodeDeliveryDetails"]
    assert details == {"Destination": "b***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email"}
    assert world.sent[-1].destination == "bobby@example.com"
    assert world.sent[-1].purpose == "VerifyUserAttribute"
    if old != me.code:
        assert me.refused_code(old) == MISMATCH
    me.verify(me.code)
    me("GetUserAttributeVerificationCode", AttributeName="email")
    assert world.sent[-1].destination == "bobby@example.com"


def test_codes_live_a_day(world: World) -> None:
    me = Me(world, AutoVerifiedAttributes=["email"])
    me.update(email="bobby@example.com")
    for _ in range(24):
        world.clock.forward(minutes=59)
        me.token = world.sign_in("bob")["AccessToken"]
    assert me.refused_code("x") == MISMATCH
    world.clock.forward(minutes=24)
    assert me.refused_code(me.code) == EXPIRED


def test_what_has_no_code(world: World) -> None:
    me = Me(world)
    assert me.refused_code("123456") == EXPIRED
    assert me.refused_code("123456", "name")[0] == "InvalidParameterException"
    for attribute in ("phone_number", "name"):
        refused = me.refused("GetUserAttributeVerificationCode", AttributeName=attribute)
        assert refused[0] == "InvalidParameterException"


def test_codes_are_not_in_the_database(world: World) -> None:
    me = Me(world, AutoVerifiedAttributes=["email"])
    me.update(email="bobby@example.com")
    row = PoolUser.objects.get(username="bob").codes.get()
    assert me.code.encode() not in bytes(row.code_hash)
    assert me.code not in str(vars(row))


@pytest.mark.parametrize(
    ("operation", "members", "allowed"),
    [
        ("VerifyUserAttribute", {"AttributeName": "email", "Code": "000000"}, 15),
        ("GetUserAttributeVerificationCode", {"AttributeName": "email"}, 5),
    ],
)
def test_so_many_tries_an_hour(world: World, operation: str, members: dict[str, str], allowed: int) -> None:
    me = Me(world)
    limit = ("LimitExceededException", "Attempt limit exceeded, please try after some time.")

    def told() -> str:
        try:
            return str(me(operation, **members))
        except me.world.boto.exceptions.ClientError as error:
            return str(error.response["Error"]["Code"])

    assert limit[0] not in {told() for _ in range(allowed)}
    assert me.refused(operation, **members) == limit
    world.clock.forward(hours=1)
    me.token = world.sign_in("bob")["AccessToken"]
    assert told() != limit[0]
