"""The device operations: confirming, showing, remembering and forgetting."""

import base64
import re
from typing import Any

import jwt
import pytest

from flows.pool.models import Device
from flows.pool.proofs import srp
from tests.pool.conftest import World
from tests.pool.handset import OPT_IN, Handset, track
from tests.race import race

UNKNOWN = ("ResourceNotFoundException", "Device does not exist.")
INVALID_KEY = ("InvalidParameterException", "Invalid device key given.")
NOBODYS = "us-east-1_00000000-0000-4000-8000-000000000000"


@pytest.fixture
def tracking(world: World) -> World:
    track(world)
    return world


def attributes(device: dict[str, Any]) -> dict[str, str]:
    return {each["Name"]: each["Value"] for each in device["DeviceAttributes"]}


def claims(tokens: dict[str, Any], name: str = "AccessToken") -> dict[str, Any]:
    return jwt.decode(tokens[name], options={"verify_signature": False})


def status(handset: Handset) -> str:
    device = handset.world("GetDevice", AccessToken=handset.tokens["AccessToken"], DeviceKey=handset.key)["Device"]
    return attributes(device)["dev:device_remembered_status"]


def as_user(handset: Handset) -> dict[str, str]:
    return {"AccessToken": handset.tokens["AccessToken"]}


def as_admin(handset: Handset) -> dict[str, str]:
    return {"UserPoolId": handset.world.pool_id, "Username": "alice"}


BOTH = pytest.mark.parametrize(("prefix", "caller"), [("", as_user), ("Admin", as_admin)], ids=["user", "admin"])


# -- Getting a key -----------------------------------------------------------------------------------------------------
def test_a_sign_in_gives_the_device_a_key(tracking: World) -> None:
    tokens = tracking.sign_in()
    given = tokens["NewDeviceMetadata"]
    assert re.fullmatch(r"us-east-1_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", given["DeviceKey"])
    assert re.fullmatch(r"-[\w-]{8}", given["DeviceGroupKey"])
    assert claims(tokens)["device_key"] == given["DeviceKey"]
    assert "device_key" not in claims(tokens, "IdToken")
    assert tracking.sign_in()["NewDeviceMetadata"] != given


def test_a_device_that_is_never_confirmed_leaves_nothing_behind(tracking: World) -> None:
    for _ in range(3):
        tracking.sign_in()
    assert not Device.objects.exists()


@pytest.mark.parametrize(
    "operation", ["GetDevice", "ListDevices", "ForgetDevice", "UpdateDeviceStatus", "ConfirmDevice"]
)
def test_a_pool_that_tracks_no_devices(world: World, operation: str) -> None:
    tokens = world.sign_in()
    assert "NewDeviceMetadata" not in tokens
    assert "device_key" not in claims(tokens)
    named = {} if operation == "ListDevices" else {"DeviceKey": NOBODYS}
    refused = world.refusal(operation, AccessToken=tokens["AccessToken"], **named)
    assert refused[0] == "InvalidUserPoolConfigurationException"
    if operation != "ConfirmDevice":
        refused = world.refusal(f"Admin{operation}", UserPoolId=world.pool_id, Username="alice", **named)
        assert refused[0] == "InvalidUserPoolConfigurationException"


# -- ConfirmDevice -----------------------------------------------------------------------------------------------------
def test_a_confirmed_device_is_remembered(tracking: World) -> None:
    handset = Handset.of(tracking, tracking.sign_in())
    assert handset.confirm()["UserConfirmationNecessary"] is False
    assert status(handset) == "remembered"


@BOTH
def test_where_the_user_decides_it_is_remembered_when_they_say_so(world: World, prefix: str, caller: Any) -> None:
    track(world, OPT_IN)
    handset = Handset.of(world, world.sign_in())
    assert handset.confirm()["UserConfirmationNecessary"] is True
    assert status(handset) == "not_remembered"
    for wanted in ("remembered", "not_remembered"):
        update = {"DeviceKey": handset.key, "DeviceRememberedStatus": wanted}
        world(f"{prefix}UpdateDeviceStatus", **caller(handset), **update)
        assert status(handset) == wanted
    world(f"{prefix}UpdateDeviceStatus", **caller(handset), DeviceKey=handset.key)
    assert status(handset) == "not_remembered", "without a status nothing changes"


def test_only_the_key_that_came_with_the_tokens_can_be_confirmed(tracking: World) -> None:
    first, second = (Handset.of(tracking, tracking.sign_in()) for _ in range(2))
    assert tracking.refusal("ConfirmDevice", **first.confirmation(DeviceKey=second.key)) == INVALID_KEY
    assert tracking.refusal("ConfirmDevice", **first.confirmation(DeviceKey=NOBODYS)) == INVALID_KEY


def test_confirming_twice(tracking: World) -> None:
    handset = Handset.confirmed(tracking)
    again = handset.confirmation(DeviceSecretVerifierConfig=Handset.of(tracking, handset.tokens).verifier)
    assert tracking.refusal("ConfirmDevice", **again)[0] == "DeviceKeyExistsException"
    assert handset.prove(handset.sign_in())["AuthenticationResult"], "the first verifier counts"


@pytest.mark.django_db(transaction=True)
def test_confirmed_fifty_times_at_once(tracking: World) -> None:
    handset = Handset.of(tracking, tracking.sign_in())
    results = race(50, handset.confirm)
    assert sum(1 for result in results if isinstance(result, dict)) == 1
    assert {str(each) for each in results if not isinstance(each, dict)} == {
        "DeviceKeyExistsException: Device already exists."
    }


def number(value: int) -> str:
    return base64.b64encode(srp.signed(value)).decode()


@pytest.mark.parametrize(
    ("member", "value"),
    [("PasswordVerifier", number(bad)) for bad in (0, 1, srp.N - 1, srp.N, srp.N + 1, 1 << 4000)]
    + [("PasswordVerifier", bad) for bad in ("", "not base64!", "é", "A")]
    + [("Salt", bad) for bad in ("", "not base64!", number(1 << 600))],
)
def test_a_verifier_that_everybody_could_prove_or_that_is_none(tracking: World, member: str, value: str) -> None:
    handset = Handset.of(tracking, tracking.sign_in())
    config = handset.verifier | {member: value}
    code, _ = tracking.refusal("ConfirmDevice", **handset.confirmation(DeviceSecretVerifierConfig=config))
    assert code == "InvalidParameterException"
    assert not Device.objects.exists()


def test_without_a_verifier(tracking: World) -> None:
    handset = Handset.of(tracking, tracking.sign_in())
    request = {"AccessToken": handset.tokens["AccessToken"], "DeviceKey": handset.key}
    assert tracking.refusal("ConfirmDevice", **request)[0] == "InvalidParameterException"


def test_t046_the_verifier_is_sealed(tracking: World) -> None:
    handset = Handset.confirmed(tracking)
    kept = bytes(Device.objects.get().sealed_verifier)
    assert base64.b64decode(handset.verifier["PasswordVerifier"]).lstrip(b"\0") not in kept


# -- Showing -----------------------------------------------------------------------------------------------------------
@BOTH
def test_what_is_shown_of_a_device(tracking: World, prefix: str, caller: Any) -> None:
    handset = Handset.confirmed(tracking)
    device = tracking(f"{prefix}GetDevice", **caller(handset), DeviceKey=handset.key)["Device"]
    owner = f"alice.{tracking.pool_id}"
    assert attributes(device) == {
        "device_status": "valid",
        "device_name": "Alice's telephone",
        "dev:device_arn": f"arn:aws:cognito-idp:us-east-1:000000000000:owner/{owner}/device/{handset.key}",
        "dev:device_owner": owner,
        "dev:device_remembered_status": "remembered",
    }
    assert device["DeviceKey"] == handset.key
    assert device["DeviceCreateDate"] == device["DeviceLastModifiedDate"] == device["DeviceLastAuthenticatedDate"]
    assert tracking(f"{prefix}ListDevices", **caller(handset))["Devices"] == [device]


def test_the_last_proof_is_dated(tracking: World) -> None:
    handset = Handset.confirmed(tracking)
    tracking.clock.forward(minutes=5)
    handset.prove(handset.sign_in())
    device = tracking("AdminGetDevice", **as_admin(handset), DeviceKey=handset.key)["Device"]
    assert (device["DeviceLastAuthenticatedDate"] - device["DeviceCreateDate"]).total_seconds() == 300
    assert device["DeviceLastModifiedDate"] == device["DeviceCreateDate"]


@BOTH
def test_many_devices_come_in_pages(tracking: World, prefix: str, caller: Any) -> None:
    handsets = [Handset.confirmed(tracking) for _ in range(3)]
    Handset.of(tracking, tracking.sign_in())  # never confirmed: in no list
    first = tracking(f"{prefix}ListDevices", **caller(handsets[0]), Limit=2)
    rest = tracking(f"{prefix}ListDevices", **caller(handsets[0]), Limit=2, PaginationToken=first["PaginationToken"])
    assert [each["DeviceKey"] for each in first["Devices"] + rest["Devices"]] == [each.key for each in handsets]
    assert "PaginationToken" not in rest


def test_a_page_token_is_good_for_one_user_only(tracking: World) -> None:
    tracking.add_user("bob")
    alice = {"UserPoolId": tracking.pool_id, "Username": "alice"}
    for _ in range(2):
        Handset.confirmed(tracking)
    token = tracking("AdminListDevices", **alice, Limit=1)["PaginationToken"]
    refused = tracking.refusal("AdminListDevices", **alice | {"Username": "bob"}, PaginationToken=token)
    assert refused[0] == "InvalidParameterException"


def test_a_list_has_at_most_sixty(tracking: World) -> None:
    tokens = tracking.sign_in()
    assert tracking.refusal("ListDevices", AccessToken=tokens["AccessToken"], Limit=61)[0] == (
        "InvalidParameterException"
    )


# -- Forgetting --------------------------------------------------------------------------------------------------------
@BOTH
def test_a_forgotten_device_is_nobodys(tracking: World, prefix: str, caller: Any) -> None:
    handset = Handset.confirmed(tracking)
    tracking(f"{prefix}ForgetDevice", **caller(handset), DeviceKey=handset.key)
    assert tracking(f"{prefix}ListDevices", **caller(handset))["Devices"] == []
    for operation in ("GetDevice", "ForgetDevice", "UpdateDeviceStatus"):
        assert tracking.refusal(f"{prefix}{operation}", **caller(handset), DeviceKey=handset.key) == UNKNOWN


def test_a_forgotten_device_does_not_come_back_by_an_access_token_that_is_still_out(tracking: World) -> None:
    handset = Handset.confirmed(tracking)
    tracking("AdminForgetDevice", **as_admin(handset), DeviceKey=handset.key)
    assert tracking.refusal("ConfirmDevice", **handset.confirmation()) == INVALID_KEY


@pytest.mark.parametrize("operation", ["GetDevice", "ForgetDevice", "UpdateDeviceStatus"])
def test_t088_another_users_device(tracking: World, operation: str) -> None:
    tracking.add_user("bob")
    bobs = Handset.confirmed(tracking, "bob")
    alices = Handset.confirmed(tracking)
    assert tracking.refusal(operation, **as_user(alices), DeviceKey=bobs.key) == UNKNOWN
    assert tracking.refusal(f"Admin{operation}", **as_admin(alices), DeviceKey=bobs.key) == UNKNOWN
    assert status(bobs) == "remembered"


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        ("AdminForgetDevice", "UserNotFoundException"),
        ("AdminUpdateDeviceStatus", "UserNotFoundException"),
        ("AdminGetDevice", "ResourceNotFoundException"),  # which do not declare UserNotFoundException
        ("AdminListDevices", "ResourceNotFoundException"),
    ],
)
def test_an_administrator_asks_for_nobody(tracking: World, operation: str, code: str) -> None:
    named = {} if operation == "AdminListDevices" else {"DeviceKey": NOBODYS}
    refused = tracking.refusal(operation, UserPoolId=tracking.pool_id, Username="nobody", **named)
    assert refused == (code, "User does not exist.")


@pytest.mark.parametrize("operation", ["GetDevice", "ForgetDevice"])
def test_the_access_token_is_not_optional(tracking: World, operation: str) -> None:
    refused = tracking.refusal(operation, DeviceKey=NOBODYS)
    assert refused == ("InvalidParameterException", "Missing required parameter AccessToken")


def test_devices_end_with_their_user(tracking: World) -> None:
    Handset.confirmed(tracking)
    tracking("AdminDeleteUser", UserPoolId=tracking.pool_id, Username="alice")
    assert not Device.objects.exists()
