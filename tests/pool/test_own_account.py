"""ChangePassword and DeleteUser: what users do to their own account with an access token."""

from typing import Any

import pytest

from flows.pool.models import PoolUser
from flows.terms import UserStatus
from tests.pool.conftest import PASSWORD, World

NEW = "Brand-New-Horse-9!"
INCORRECT = ("NotAuthorizedException", "Incorrect username or password.")
LIMIT = ("LimitExceededException", "Attempt limit exceeded, please try after some time.")
OF_A_TOKEN: list[tuple[str, dict[str, Any]]] = [
    ("ChangePassword", {"PreviousPassword": PASSWORD, "ProposedPassword": NEW}),
    ("DeleteUser", {}),
    ("DeleteUserAttributes", {"UserAttributeNames": ["name"]}),
    ("GetUser", {}),
    ("GetUserAttributeVerificationCode", {"AttributeName": "email"}),
    ("GlobalSignOut", {}),
    ("UpdateUserAttributes", {"UserAttributes": [{"Name": "name", "Value": "A"}]}),
    ("VerifyUserAttribute", {"AttributeName": "email", "Code": "123456"}),
]


def change(world: World, token: str, new: str = NEW, **members: str) -> None:
    world("ChangePassword", AccessToken=token, ProposedPassword=new, **{"PreviousPassword": PASSWORD} | members)


def refused(world: World, token: str, new: str = NEW, **members: str) -> tuple[str, str]:
    request = {"AccessToken": token, "ProposedPassword": new, "PreviousPassword": PASSWORD} | members
    return world.refusal("ChangePassword", **request)


def test_a_changed_password(world: World) -> None:
    token = world.sign_in()["AccessToken"]
    change(world, token)
    assert world.refusal("InitiateAuth", **world.password_request("alice", PASSWORD)) == INCORRECT
    assert world.sign_in("alice", NEW)["AccessToken"]
    assert world("GetUser", AccessToken=token)["Username"] == "alice"  # tokens stay
    _, proof = world.srp_challenge("alice", NEW)
    assert world("RespondToAuthChallenge", **proof)["AuthenticationResult"]


def test_the_present_password_must_be_known(world: World) -> None:
    token = world.sign_in()["AccessToken"]
    assert refused(world, token, PreviousPassword="Wrong-Horse-9!") == INCORRECT
    told = world.refusal("ChangePassword", AccessToken=token, ProposedPassword=NEW)
    assert told == ("InvalidParameterException", "Missing required parameter PreviousPassword")
    assert world.sign_in()["AccessToken"]


def test_the_policy_holds(world: World) -> None:
    token = world.sign_in()["AccessToken"]
    told = ("InvalidPasswordException", "Password did not conform with policy: Password not long enough")
    assert refused(world, token, "Sh0rt!") == told


def test_the_history_holds(world: World) -> None:
    policy = {"PasswordPolicy": {"MinimumLength": 8, "PasswordHistorySize": 2}}
    world("UpdateUserPool", UserPoolId=world.pool_id, Policies=policy)
    token = world.sign_in()["AccessToken"]
    assert refused(world, token, PASSWORD)[0] == "PasswordHistoryPolicyViolationException"
    change(world, token)
    assert refused(world, token, PASSWORD, PreviousPassword=NEW)[0] == "PasswordHistoryPolicyViolationException"
    change(world, token, "Another-Horse-9!", PreviousPassword=NEW)
    change(world, token, PASSWORD, PreviousPassword="Another-Horse-9!")


def test_whoever_has_no_password_chooses_the_first(world: World) -> None:
    token = world.sign_in()["AccessToken"]
    PoolUser.objects.filter(username="alice").update(sealed_srp_verifier=None, srp_salt=None)
    world("ChangePassword", AccessToken=token, ProposedPassword=NEW)
    assert world.sign_in("alice", NEW)["AccessToken"]


def test_five_tries_an_hour_right_or_wrong(world: World) -> None:
    """A stolen access token is no way to guess the password."""
    token = world.sign_in()["AccessToken"]
    for number in range(5):
        assert refused(world, token, PreviousPassword=f"Wrong-Horse-{number}!") == INCORRECT
    assert refused(world, token) == LIMIT
    world.clock.forward(minutes=59)
    assert refused(world, token) == LIMIT
    world.clock.forward(minutes=1)
    change(world, world.sign_in()["AccessToken"])


def test_deleting_oneself(world: World) -> None:
    result = world.sign_in()
    world("DeleteUser", AccessToken=result["AccessToken"])
    told = ("UserNotFoundException", "User does not exist.")
    assert world.refusal("AdminGetUser", UserPoolId=world.pool_id, Username="alice") == told
    refresh = {"ClientId": world.client_id, "RefreshToken": result["RefreshToken"]}
    assert world.refusal("GetTokensFromRefreshToken", **refresh)[1] == "Invalid Refresh Token."


@pytest.mark.parametrize(("operation", "members"), OF_A_TOKEN)
def test_t073_no_operation_takes_a_dead_token(world: World, operation: str, members: dict[str, Any]) -> None:
    """Revoked, expired, of a disabled user, of one who must reset the password, of one who is gone, no token at all."""

    def told(token: str) -> tuple[str, str]:
        return world.refusal(operation, AccessToken=token, **members)

    revoked = world.sign_in()["AccessToken"]
    world("AdminUserGlobalSignOut", UserPoolId=world.pool_id, Username="alice")
    assert told(revoked) == ("NotAuthorizedException", "Access Token has been revoked")
    token = world.sign_in()["AccessToken"]
    assert told(world.sign_in()["IdToken"]) == ("NotAuthorizedException", "Invalid Access Token")
    assert told("x") == ("NotAuthorizedException", "Invalid Access Token")
    world.clock.forward(hours=1)
    assert told(token) == ("NotAuthorizedException", "Access Token has expired")
    token = world.sign_in()["AccessToken"]
    PoolUser.objects.update(status=UserStatus.RESET_REQUIRED)
    assert told(token) == ("PasswordResetRequiredException", "Password reset required for the user")
    PoolUser.objects.update(status=UserStatus.CONFIRMED, enabled=False)
    assert told(token) == ("NotAuthorizedException", "User is disabled.")
    world("AdminDeleteUser", UserPoolId=world.pool_id, Username="alice")
    assert told(token)[0] == ("NotAuthorizedException" if operation == "GlobalSignOut" else "UserNotFoundException")
