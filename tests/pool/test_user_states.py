"""What is wrong with an account is told to whoever has its password, and to nobody else."""

import pytest

from flows.pool.models import PoolUser
from tests.pool.conftest import PASSWORD, World

INCORRECT = ("NotAuthorizedException", "Incorrect username or password.")
REFUSALS = [
    ("UNCONFIRMED", ("UserNotConfirmedException", "User is not confirmed.")),
    ("RESET_REQUIRED", ("PasswordResetRequiredException", "Password reset required for the user")),
]


def put(status: str) -> None:
    """SignUp, which makes unconfirmed users, is not built yet."""
    assert PoolUser.objects.filter(username="alice").update(status=status) == 1


@pytest.mark.parametrize(("status", "refusal"), REFUSALS)
def test_t013_by_password(world: World, status: str, refusal: tuple[str, str]) -> None:
    put(status)
    assert world.refusal("InitiateAuth", **world.password_request("alice", "Wrong-Horse-9!")) == INCORRECT
    assert world.refusal("InitiateAuth", **world.password_request("alice", PASSWORD)) == refusal
    request = world.password_request("alice", PASSWORD, AuthFlow="ADMIN_USER_PASSWORD_AUTH")
    assert world.refusal("AdminInitiateAuth", UserPoolId=world.pool_id, **request) == refusal


@pytest.mark.parametrize(("status", "refusal"), REFUSALS)
def test_t013_by_srp(world: World, status: str, refusal: tuple[str, str]) -> None:
    put(status)
    _, wrong = world.srp_challenge("alice", "Wrong-Horse-9!")
    assert world.refusal("RespondToAuthChallenge", **wrong) == INCORRECT
    _, right = world.srp_challenge("alice", PASSWORD)
    assert world.refusal("RespondToAuthChallenge", **right) == refusal


def test_t013_a_user_without_a_password_looks_like_any_other(world: World) -> None:
    PoolUser.objects.filter(username="alice").update(srp_salt=None, sealed_srp_verifier=None)
    challenge, answer = world.srp_challenge("alice", PASSWORD)
    assert set(challenge["ChallengeParameters"]) == {"SALT", "SECRET_BLOCK", "SRP_B", "USERNAME", "USER_ID_FOR_SRP"}
    assert world.refusal("RespondToAuthChallenge", **answer) == INCORRECT
    assert world.refusal("InitiateAuth", **world.password_request("alice", PASSWORD)) == INCORRECT


def test_disabled_comes_before_everything_else(world: World) -> None:
    put("UNCONFIRMED")
    world("AdminDisableUser", UserPoolId=world.pool_id, Username="alice")
    refused = world.refusal("InitiateAuth", **world.password_request("alice", PASSWORD))
    assert refused == ("NotAuthorizedException", "User is disabled.")


def test_t032_passwords_that_the_pool_remembers(world: World) -> None:
    policy = {"MinimumLength": 8, "PasswordHistorySize": 2}
    world.pool_id = world("CreateUserPool", PoolName="history", Policies={"PasswordPolicy": policy})["UserPool"]["Id"]
    world.client_id = world.add_client()
    world.add_user("bob", "First-Horse-9!")
    world.set_password("bob", "Second-Horse-9!")
    for remembered in ("First-Horse-9!", "Second-Horse-9!"):
        request = {"UserPoolId": world.pool_id, "Username": "bob", "Password": remembered, "Permanent": True}
        assert world.refusal("AdminSetUserPassword", **request)[0] == "PasswordHistoryPolicyViolationException"
    world.set_password("bob", "Third-Horse-9!")
    world.set_password("bob", "First-Horse-9!")  # the third one back is forgotten
    assert world.sign_in("bob", "First-Horse-9!")["AccessToken"]
