"""Refresh tokens that were given to a device."""

from collections.abc import Callable
from typing import Any

import jwt
import pytest

from tests.pool.conftest import World
from tests.pool.handset import OPT_IN, Handset, track

INVALID = ("NotAuthorizedException", "Invalid Refresh Token.")
NOBODYS = "us-east-1_00000000-0000-4000-8000-000000000000"

Refresh = Callable[..., tuple[str, dict[str, Any]]]


def by_initiate_auth(world: World, token: str, key: str | None = None) -> tuple[str, dict[str, Any]]:
    device = {} if key is None else {"DEVICE_KEY": key}
    parameters = {"REFRESH_TOKEN": token, **device}
    return "InitiateAuth", {
        "ClientId": world.client_id,
        "AuthFlow": "REFRESH_TOKEN_AUTH",
        "AuthParameters": parameters,
    }


def by_its_own_operation(world: World, token: str, key: str | None = None) -> tuple[str, dict[str, Any]]:
    device = {} if key is None else {"DeviceKey": key}
    return "GetTokensFromRefreshToken", {"ClientId": world.client_id, "RefreshToken": token, **device}


@pytest.fixture(params=[by_initiate_auth, by_its_own_operation])
def refresh(request: pytest.FixtureRequest) -> Refresh:
    return request.param


def device_key(tokens: dict[str, Any]) -> str | None:
    return jwt.decode(tokens["AccessToken"], options={"verify_signature": False}).get("device_key")


def renewed(world: World, call: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    operation, request = call
    return world(operation, **request)["AuthenticationResult"]


def refused(world: World, call: tuple[str, dict[str, Any]]) -> tuple[str, str]:
    operation, request = call
    return world.refusal(operation, **request)


@pytest.mark.parametrize("confirmed", [True, False])
def test_the_device_must_be_named(world: World, refresh: Refresh, confirmed: bool) -> None:
    track(world)
    handset = Handset.confirmed(world) if confirmed else Handset.of(world, world.sign_in())
    token = handset.tokens["RefreshToken"]
    other = Handset.confirmed(world)
    for wrong in (None, NOBODYS, other.key):
        assert refused(world, refresh(world, token, wrong)) == INVALID
    result = renewed(world, refresh(world, token, handset.key))
    assert device_key(result) == handset.key
    assert "NewDeviceMetadata" not in result


def test_tokens_of_a_proved_device_are_bound_to_it(world: World, refresh: Refresh) -> None:
    track(world)
    handset = Handset.confirmed(world)
    tokens = handset.prove(handset.sign_in())["AuthenticationResult"]
    assert device_key(tokens) == handset.key
    assert refused(world, refresh(world, tokens["RefreshToken"])) == INVALID
    assert renewed(world, refresh(world, tokens["RefreshToken"], handset.key))


def test_tokens_of_a_device_that_is_not_remembered_are_bound_to_it(world: World, refresh: Refresh) -> None:
    track(world, OPT_IN)
    handset = Handset.confirmed(world)
    tokens = handset.sign_in()["AuthenticationResult"]
    assert device_key(tokens) == handset.key
    assert refused(world, refresh(world, tokens["RefreshToken"])) == INVALID
    assert renewed(world, refresh(world, tokens["RefreshToken"], handset.key))


def test_tokens_from_before_devices_were_tracked_work_on(world: World, refresh: Refresh) -> None:
    tokens = world.sign_in()
    track(world)
    for key in (None, NOBODYS):
        assert device_key(renewed(world, refresh(world, tokens["RefreshToken"], key))) is None


@pytest.mark.parametrize("by_admin", [True, False])
def test_a_forgotten_device_refreshes_nothing_more(world: World, refresh: Refresh, by_admin: bool) -> None:
    track(world)
    handset, other = Handset.confirmed(world), Handset.confirmed(world)
    if by_admin:
        world("AdminForgetDevice", UserPoolId=world.pool_id, Username="alice", DeviceKey=handset.key)
    else:
        world("ForgetDevice", AccessToken=handset.tokens["AccessToken"], DeviceKey=handset.key)
    assert refused(world, refresh(world, handset.tokens["RefreshToken"], handset.key)) == INVALID
    assert renewed(world, refresh(world, other.tokens["RefreshToken"], other.key))
    assert world("GetUser", AccessToken=handset.tokens["AccessToken"]), "who forgets the device at hand stays signed in"


def test_a_forgotten_device_does_not_come_back_when_the_client_starts_to_rotate(world: World) -> None:
    track(world)
    rotation = {"Feature": "ENABLED", "RetryGracePeriodSeconds": 60}
    world.client_id = world.add_client(ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"], RefreshTokenRotation=rotation)
    handset = Handset.confirmed(world)
    call = by_its_own_operation(world, handset.tokens["RefreshToken"], handset.key)
    following = renewed(world, call)["RefreshToken"]
    assert refused(world, by_its_own_operation(world, following)) == INVALID, "a rotated token keeps its device"
    world("AdminForgetDevice", UserPoolId=world.pool_id, Username="alice", DeviceKey=handset.key)
    for token in (following, handset.tokens["RefreshToken"]):
        assert refused(world, by_its_own_operation(world, token, handset.key)) == INVALID


def test_switching_tracking_off_asks_for_no_device_and_revives_none(world: World) -> None:
    track(world)
    kept, forgotten = Handset.confirmed(world), Handset.confirmed(world)
    world("AdminForgetDevice", UserPoolId=world.pool_id, Username="alice", DeviceKey=forgotten.key)
    world("UpdateUserPool", UserPoolId=world.pool_id)  # what is left out goes back to its default
    assert "NewDeviceMetadata" not in world.sign_in()
    assert renewed(world, by_initiate_auth(world, kept.tokens["RefreshToken"]))
    assert refused(world, by_initiate_auth(world, forgotten.tokens["RefreshToken"])) == INVALID
