"""What an administrator can do to a user, and what the user notices of it."""

from typing import Any

import pytest

from flows.pool.models import PoolUser
from flows.terms import UserStatus
from tests.pool.conftest import PASSWORD, World

NOBODY = ("UserNotFoundException", "User does not exist.")
REVOKED = ("NotAuthorizedException", "Access Token has been revoked")
OF_ONE_USER = (
    "AdminConfirmSignUp",
    "AdminDeleteUser",
    "AdminDisableUser",
    "AdminEnableUser",
    "AdminGetUser",
    "AdminResetUserPassword",
    "AdminUserGlobalSignOut",
)


def admin(world: World, operation: str, name: str = "alice", **members: Any) -> dict[str, Any]:
    answer = world(operation, UserPoolId=world.pool_id, Username=name, **members)
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}


def refused(world: World, operation: str, name: str = "alice", **members: Any) -> tuple[str, str]:
    return world.refusal(operation, UserPoolId=world.pool_id, Username=name, **members)


def state(world: World, name: str = "alice") -> tuple[str, bool]:
    user = admin(world, "AdminGetUser", name)
    return user["UserStatus"], user["Enabled"]


def add_with_email(world: World, name: str, **attributes: str) -> None:
    given = {"email": f"{name}@example.com", "email_verified": "true"} | attributes
    pairs = [{"Name": key, "Value": value} for key, value in given.items()]
    admin(world, "AdminCreateUser", name, UserAttributes=pairs, MessageAction="SUPPRESS")
    world.set_password(name, PASSWORD)


def set_status(name: str, status: UserStatus) -> None:
    """The states that only signing up leads to, which the pool does not offer yet."""
    PoolUser.objects.filter(username=name).update(status=status)


@pytest.mark.parametrize("operation", OF_ONE_USER)
def test_nobody(world: World, operation: str) -> None:
    assert refused(world, operation, "nobody") == NOBODY


@pytest.mark.parametrize("operation", OF_ONE_USER)
def test_no_such_pool(world: World, operation: str) -> None:
    told = world.refusal(operation, UserPoolId="us-east-1_123456789", Username="alice")
    assert told == ("ResourceNotFoundException", "User pool us-east-1_123456789 does not exist.")


def test_users_are_found_by_sub_too(world: World) -> None:
    sub = admin(world, "AdminGetUser")["UserAttributes"][0]["Value"]
    assert admin(world, "AdminDisableUser", sub) == {}
    assert state(world) == ("CONFIRMED", False)


def test_disabling_ends_tokens_for_good(world: World) -> None:
    result = world.sign_in()
    world.clock.forward(minutes=1)
    assert admin(world, "AdminDisableUser") == {}
    user = admin(world, "AdminGetUser")
    assert user["UserLastModifiedDate"] > user["UserCreateDate"]
    assert admin(world, "AdminEnableUser") == {}
    assert world.refusal("GetUser", AccessToken=result["AccessToken"]) == REVOKED
    assert world.sign_in()["AccessToken"]


def test_t073_disabling_and_deleting_end_a_sign_in_under_way(world: World) -> None:
    gone = ("NotAuthorizedException", "Incorrect username or password.")
    for operation, told in (("AdminDisableUser", "User is disabled."), ("AdminDeleteUser", gone[1])):
        _, proof = world.srp_challenge("alice", PASSWORD)
        admin(world, operation)
        assert world.refusal("RespondToAuthChallenge", **proof)[1] == told
        if operation == "AdminDisableUser":
            admin(world, "AdminEnableUser")


def test_t073_deleting_ends_tokens(world: World) -> None:
    result = world.sign_in()
    assert admin(world, "AdminDeleteUser") == {}
    assert world.refusal("GetUser", AccessToken=result["AccessToken"]) == NOBODY
    refresh = {"ClientId": world.client_id, "RefreshToken": result["RefreshToken"]}
    assert world.refusal("GetTokensFromRefreshToken", **refresh)[1] == "Invalid Refresh Token."
    world.add_user("alice")  # somebody else of the same name
    assert world.refusal("GetUser", AccessToken=result["AccessToken"]) == NOBODY


def test_t081_signing_a_user_out_everywhere(world: World) -> None:
    one, other = world.sign_in(), world.sign_in()
    assert admin(world, "AdminUserGlobalSignOut") == {}
    for result in (one, other):
        assert world.refusal("GetUser", AccessToken=result["AccessToken"]) == REVOKED
        refresh = {"ClientId": world.client_id, "RefreshToken": result["RefreshToken"]}
        assert world.refusal("GetTokensFromRefreshToken", **refresh)[1] == "Refresh Token has been revoked"


# -- Confirming --------------------------------------------------------------------------------------------------
def test_confirming_a_sign_up(world: World) -> None:
    set_status("alice", UserStatus.UNCONFIRMED)
    assert world.refusal("InitiateAuth", **world.password_request("alice", PASSWORD))[1] == "User is not confirmed."
    assert admin(world, "AdminConfirmSignUp", ClientMetadata={"any": "thing"}) == {}
    assert state(world) == ("CONFIRMED", True)
    assert world.sign_in()["AccessToken"]


@pytest.mark.parametrize("status", [UserStatus.CONFIRMED, UserStatus.FORCE_CHANGE_PASSWORD])
def test_confirming_what_needs_no_confirmation(world: World, status: UserStatus) -> None:
    set_status("alice", status)
    told = f"User cannot be confirmed. Current status is {status}"
    assert refused(world, "AdminConfirmSignUp") == ("NotAuthorizedException", told)


# -- Resetting a password ----------------------------------------------------------------------------------------
def test_resetting_a_password(world: World) -> None:
    add_with_email(world, "bob")
    result = world.sign_in("bob")
    assert admin(world, "AdminResetUserPassword", "bob") == {}
    assert state(world, "bob") == ("RESET_REQUIRED", True)
    told = ("PasswordResetRequiredException", "Password reset required for the user")
    assert world.refusal("InitiateAuth", **world.password_request("bob", PASSWORD)) == told
    assert world.refusal("GetUser", AccessToken=result["AccessToken"]) == told
    (message,) = world.sent
    assert (message.medium, message.destination, message.purpose) == ("email", "bob@example.com", "ForgotPassword")
    assert len(message.code) == 6
    assert message.code.isdigit()
    assert message.text == f"Your password reset code is {message.code}."


def test_resetting_again_sends_another_code(world: World) -> None:
    add_with_email(world, "bob")
    for _ in range(2):
        admin(world, "AdminResetUserPassword", "bob")
    assert len({message.code for message in world.sent}) == 2


def test_a_phone_comes_first_and_only_what_is_verified_counts(world: World) -> None:
    add_with_email(world, "bob", phone_number="+15550100", phone_number_verified="true")
    add_with_email(world, "carol", phone_number="+15550101")
    admin(world, "AdminResetUserPassword", "bob")
    admin(world, "AdminResetUserPassword", "carol")
    assert [(message.medium, message.destination) for message in world.sent] == [
        ("sms", "+15550100"),
        ("email", "carol@example.com"),
    ]


def test_the_pool_says_where_codes_go_and_what_they_say(world: World) -> None:
    pool = world(
        "CreateUserPool",
        PoolName="by e-mail",
        AccountRecoverySetting={
            "RecoveryMechanisms": [
                {"Name": "verified_phone_number", "Priority": 2},
                {"Name": "verified_email", "Priority": 1},
            ]
        },
        VerificationMessageTemplate={"EmailMessage": "For {username}: {####}!"},
    )
    world.pool_id = pool["UserPool"]["Id"]
    add_with_email(world, "bob", phone_number="+15550100", phone_number_verified="true")
    admin(world, "AdminResetUserPassword", "bob")
    assert world.sent[0].text == f"For bob: {world.sent[0].code}!"


def test_nobody_to_send_a_code_to(world: World) -> None:
    add_with_email(world, "bob", email_verified="false")
    told = "Cannot reset password for the user as there is no registered/verified email or phone_number"
    for name in ("alice", "bob"):
        assert refused(world, "AdminResetUserPassword", name) == ("InvalidParameterException", told)
    assert state(world) == ("CONFIRMED", True)


@pytest.mark.parametrize("status", [UserStatus.FORCE_CHANGE_PASSWORD, UserStatus.UNCONFIRMED])
def test_states_that_cannot_be_reset(world: World, status: UserStatus) -> None:
    add_with_email(world, "bob")
    set_status("bob", status)
    told = ("NotAuthorizedException", "User password cannot be reset in the current state.")
    assert refused(world, "AdminResetUserPassword", "bob") == told


def test_disabled_users_are_not_reset(world: World) -> None:
    add_with_email(world, "bob")
    admin(world, "AdminDisableUser", "bob")
    assert refused(world, "AdminResetUserPassword", "bob") == ("NotAuthorizedException", "User is disabled.")


def test_a_pool_without_self_service_recovery(world: World) -> None:
    recovery = {"RecoveryMechanisms": [{"Name": "admin_only", "Priority": 1}]}
    world.pool_id = world("CreateUserPool", PoolName="strict", AccountRecoverySetting=recovery)["UserPool"]["Id"]
    add_with_email(world, "bob")
    told = ("NotAuthorizedException", "Contact administrator to reset password.")
    assert refused(world, "AdminResetUserPassword", "bob") == told
