"""NEW_PASSWORD_REQUIRED: what a temporary password is good for."""

import json
from typing import Any

import pytest

from tests.pool.conftest import PASSWORD, World
from tests.race import race

NEW = "Brand-New-Horse-9!"


def begin(world: World, name: str = "bob") -> dict[str, Any]:
    return world("InitiateAuth", **world.password_request(name, PASSWORD))


def answer(world: World, session: str, password: str, **attributes: str) -> dict[str, Any]:
    return {
        "ClientId": world.client_id,
        "ChallengeName": "NEW_PASSWORD_REQUIRED",
        "Session": session,
        "ChallengeResponses": {"USERNAME": "bob", "NEW_PASSWORD": password}
        | {f"userAttributes.{name}": value for name, value in attributes.items()},
    }


@pytest.fixture
def session(world: World) -> str:
    world.add_user("bob", permanent=False)
    return begin(world)["Session"]


def test_the_challenge_tells_what_is_needed(world: World) -> None:
    world.add_user("bob", permanent=False)
    parameters = begin(world)["ChallengeParameters"]
    assert parameters["USER_ID_FOR_SRP"] == "bob"
    assert json.loads(parameters["requiredAttributes"]) == []
    assert isinstance(json.loads(parameters["userAttributes"]), dict)


def test_the_new_password_signs_in_and_the_temporary_one_no_more(world: World, session: str) -> None:
    assert world("RespondToAuthChallenge", **answer(world, session, NEW))["AuthenticationResult"]
    assert world.sign_in("bob", NEW)["AccessToken"]
    assert world.refusal("InitiateAuth", **world.password_request("bob", PASSWORD))[0] == "NotAuthorizedException"
    assert world("AdminGetUser", UserPoolId=world.pool_id, Username="bob")["UserStatus"] == "CONFIRMED"


def test_by_srp_too(world: World) -> None:
    world.add_user("bob", permanent=False)
    _, proof = world.srp_challenge("bob", PASSWORD)
    challenge = world("RespondToAuthChallenge", **proof)
    assert challenge["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    assert world("RespondToAuthChallenge", **answer(world, challenge["Session"], NEW))["AuthenticationResult"]


@pytest.mark.parametrize(
    ("password", "rule"),
    [
        ("Aa1!", "Password not long enough"),
        ("lower-only-9!", "Password must have uppercase characters"),
        ("UPPER-ONLY-9!", "Password must have lowercase characters"),
        ("No-Digits-Here!", "Password must have numeric characters"),
        ("NoSymbols999", "Password must have symbol characters"),
    ],
)
def test_the_pools_policy(world: World, session: str, password: str, rule: str) -> None:
    refused = world.refusal("RespondToAuthChallenge", **answer(world, session, password))
    assert refused == ("InvalidPasswordException", f"Password did not conform with policy: {rule}")


def test_t037_the_temporary_password_does_not_stay(world: World, session: str) -> None:
    assert world.refusal("RespondToAuthChallenge", **answer(world, session, PASSWORD))[0] == "InvalidPasswordException"


@pytest.mark.parametrize("replace", ["owner", "permanent", "temporary", "resend"])
def test_t037_a_replaced_temporary_password_chooses_nothing(world: World, session: str, replace: str) -> None:
    """Somebody else may have read the invitation and be at the same question."""
    if replace == "owner":
        assert world("RespondToAuthChallenge", **answer(world, begin(world)["Session"], NEW))["AuthenticationResult"]
    elif replace == "resend":
        world("AdminCreateUser", UserPoolId=world.pool_id, Username="bob", MessageAction="RESEND")
    else:
        world.set_password("bob", NEW, permanent=replace == "permanent")
    assert world.refusal("RespondToAuthChallenge", **answer(world, session, "Stolen-Horse-9!")) == (
        "NotAuthorizedException",
        "Invalid session for the user.",
    )
    assert world.refusal("InitiateAuth", **world.password_request("bob", "Stolen-Horse-9!"))


@pytest.mark.django_db(transaction=True)
def test_t037_of_many_choices_at_once_one_counts(world: World) -> None:
    world.add_user("bob", permanent=False)
    choices = [answer(world, begin(world)["Session"], f"{number}-{NEW}") for number in range(8)]
    waiting = iter(choices)
    results = race(8, lambda: world("RespondToAuthChallenge", **next(waiting)))
    assert sum(1 for result in results if isinstance(result, dict)) == 1


def test_t037_a_temporary_password_expires(world: World) -> None:
    world.add_user("bob", permanent=False)
    world.clock.forward(days=7)
    refused = world.refusal("InitiateAuth", **world.password_request("bob", PASSWORD))
    assert refused == (
        "NotAuthorizedException",
        "Temporary password has expired and must be reset by an administrator.",
    )


def test_required_attributes_are_asked_for(world: World) -> None:
    world.pool_id = world(
        "CreateUserPool", PoolName="strict", Schema=[{"Name": "family_name", "Required": True, "Mutable": True}]
    )["UserPool"]["Id"]
    world.client_id = world.add_client()
    world("AdminCreateUser", UserPoolId=world.pool_id, Username="bob", TemporaryPassword=PASSWORD)
    challenge = begin(world)
    assert json.loads(challenge["ChallengeParameters"]["requiredAttributes"]) == ["userAttributes.family_name"]
    refused = world.refusal("RespondToAuthChallenge", **answer(world, challenge["Session"], NEW))
    assert refused == ("InvalidParameterException", "Invalid attributes given, family_name is missing")
    given = answer(world, challenge["Session"], NEW, family_name="Builder")
    token = world("RespondToAuthChallenge", **given)["AuthenticationResult"]["AccessToken"]
    attributes = world("GetUser", AccessToken=token)["UserAttributes"]
    assert {"Name": "family_name", "Value": "Builder"} in attributes


@pytest.mark.parametrize("name", ["email_verified", "sub", "phone_number_verified"])
def test_t086_the_pools_own_attributes_are_not_for_clients(world: World, session: str, name: str) -> None:
    refused = world.refusal("RespondToAuthChallenge", **answer(world, session, NEW, **{name: "true"}))
    assert refused == ("NotAuthorizedException", "A client attempted to write unauthorized attribute")
    assert begin(world)["ChallengeName"] == "NEW_PASSWORD_REQUIRED"  # nothing was changed
