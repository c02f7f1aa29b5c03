"""Signing in by another name: e-mail, phone number, preferred_username."""

from typing import Any

import pytest

from tests.pool.conftest import PASSWORD, Clock, World

INCORRECT = ("NotAuthorizedException", "Incorrect username or password.")


def world_with(**pool: Any) -> World:
    made = World(Clock())
    made.pool_id = made("CreateUserPool", PoolName="aliases", **pool)["UserPool"]["Id"]
    made.client_id = made.add_client(PreventUserExistenceErrors="ENABLED")
    return made


def add(world: World, username: str, **attributes: str) -> dict[str, Any]:
    user = world(
        "AdminCreateUser",
        UserPoolId=world.pool_id,
        Username=username,
        MessageAction="SUPPRESS",
        UserAttributes=[{"Name": name, "Value": value} for name, value in attributes.items()],
    )["User"]
    world.set_password(username, PASSWORD)
    return user


def signs_in_by_srp(world: World, name: str, username: str) -> None:
    """The proof is made with USER_ID_FOR_SRP, whatever was typed."""
    challenge, answer = world.srp_challenge(name, PASSWORD)
    assert challenge["ChallengeParameters"]["USER_ID_FOR_SRP"] == username
    assert challenge["ChallengeParameters"]["USERNAME"] == username
    token = world("RespondToAuthChallenge", **answer)["AuthenticationResult"]["AccessToken"]
    assert world("GetUser", AccessToken=token)["Username"] == username


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["Ann@Example.com", "ann@example.com", "ANN@EXAMPLE.COM"])
def test_username_attributes_make_the_sub_the_username(typed: str) -> None:
    world = world_with(UsernameAttributes=["email"])
    user = add(world, "Ann@Example.com")
    sub = next(a["Value"] for a in user["Attributes"] if a["Name"] == "sub")
    assert user["Username"] == sub
    assert world.sign_in(typed)["AccessToken"]
    signs_in_by_srp(world, typed, sub)


@pytest.mark.django_db
def test_username_attributes_are_unique_even_unverified() -> None:
    world = world_with(UsernameAttributes=["email"])
    add(world, "ann@example.com")
    refused = world.refusal("AdminCreateUser", UserPoolId=world.pool_id, Username="ANN@example.com")
    assert refused[0] == "UsernameExistsException"


@pytest.mark.django_db
def test_an_alias_signs_in_once_it_is_verified() -> None:
    world = world_with(AliasAttributes=["email", "preferred_username"])
    add(world, "ann", email="ann@example.com", email_verified="false", preferred_username="annie")
    assert world.refusal("InitiateAuth", **world.password_request("ann@example.com", PASSWORD)) == INCORRECT
    world(
        "AdminUpdateUserAttributes",
        UserPoolId=world.pool_id,
        Username="ann",
        UserAttributes=[{"Name": "email_verified", "Value": "true"}],
    )
    for name in ("ann", "Ann", "ann@example.com", "Ann@Example.com", "annie"):
        signs_in_by_srp(world, name, "ann")
        assert world.sign_in(name)["AccessToken"]


@pytest.mark.django_db
def test_an_attribute_that_is_no_alias_does_not_sign_in() -> None:
    world = world_with(AliasAttributes=["email"])
    add(world, "ann", phone_number="+15550100", phone_number_verified="true", preferred_username="annie")
    for name in ("+15550100", "annie"):
        assert world.refusal("InitiateAuth", **world.password_request(name, PASSWORD)) == INCORRECT


@pytest.mark.django_db
def test_case_sensitive_pools_mean_what_they_say() -> None:
    world = world_with(UsernameConfiguration={"CaseSensitive": True})
    add(world, "Ann")
    assert world.sign_in("Ann")["AccessToken"]
    assert world.refusal("InitiateAuth", **world.password_request("ann", PASSWORD)) == INCORRECT
    assert add(world, "ann")["Username"] == "ann"


@pytest.mark.django_db
def test_the_answer_may_name_the_alias_or_the_user() -> None:
    """amazon-cognito-identity-js answers as USER_ID_FOR_SRP, pycognito as it was typed."""
    world = world_with(AliasAttributes=["email"])
    add(world, "ann", email="ann@example.com", email_verified="true")
    for name in ("ann@example.com", "ann", "ANN"):
        _, answer = world.srp_challenge("ann@example.com", PASSWORD)
        answer["ChallengeResponses"]["USERNAME"] = name
        assert world("RespondToAuthChallenge", **answer)["AuthenticationResult"]


@pytest.mark.django_db
def test_nobody_takes_over_another_users_sub_or_address_by_a_preferred_username() -> None:
    world = world_with(AliasAttributes=["email", "preferred_username"])
    add(world, "mallory", preferred_username="ann@example.com")
    ann = add(world, "ann", email="ann@example.com", email_verified="true")
    sub = next(a["Value"] for a in ann["Attributes"] if a["Name"] == "sub")
    token = world.sign_in("mallory")["AccessToken"]
    for name in ("ann@example.com", sub):
        chosen = [{"Name": "preferred_username", "Value": name}]
        world("UpdateUserAttributes", AccessToken=token, UserAttributes=chosen)
        assert world("AdminGetUser", UserPoolId=world.pool_id, Username=name)["Username"] == "ann"
        signs_in_by_srp(world, name, "ann")


@pytest.mark.django_db
def test_t125_names_that_unfold_to_thousands_of_characters() -> None:
    """U+FDFA is one character that NFKC writes with eighteen."""
    world = world_with(AliasAttributes=["preferred_username"])
    add(world, "\ufdfa" * 128)
    assert world.sign_in("\ufdfa" * 128)["AccessToken"]
    assert world.refusal("InitiateAuth", **world.password_request("\ufdfa" * 127, PASSWORD)) == INCORRECT
    add(world, "ann", preferred_username="\ufdfa" * 2000)


@pytest.mark.django_db
def test_the_answer_does_not_tell_whose_address_it_is() -> None:
    world = world_with(AliasAttributes=["email"])
    add(world, "ann", email="ann@example.com", email_verified="true")
    refusals = []
    for name in ("ann", "nobody"):
        _, answer = world.srp_challenge(name, "Wrong-Horse-9!")
        answer["ChallengeResponses"]["USERNAME"] = "ann@example.com"
        refusals.append(world.refusal("RespondToAuthChallenge", **answer))
    assert refusals == [("NotAuthorizedException", "Invalid session for the user.")] * 2
