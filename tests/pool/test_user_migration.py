"""UserMigration: users of another directory, at their first sign-in and when they have forgotten their password."""

from typing import Any

import pytest

from flows.pool.models import PoolUser
from tests.lambda_api import Event, Functions, Raises
from tests.pool.conftest import World
from tests.race import Refused, race

OLD = "old-horse"  # shorter than the pool's policy allows: it is the one that the user has
INCORRECT = ("NotAuthorizedException", "Incorrect username or password.")
ANSWER: dict[str, Any] = {
    "userAttributes": {"email": "zoe@example.com", "email_verified": "true", "name": "Zoë"},
    "finalUserStatus": "CONFIRMED",
    "messageAction": "SUPPRESS",
}


def directory(**answer: Any) -> Any:
    """zoe and her password; ``answer`` differs from ANSWER."""

    def migrate(event: Event) -> Event:
        right = event["userName"] == "zoe" and event["request"].get("password", OLD) == OLD
        if not right:
            raise Raises("Bad username or password")
        event["response"] |= ANSWER | answer
        return event

    return migrate


def configure(world: World, functions: Functions, **triggers: Any) -> None:
    world("UpdateUserPool", UserPoolId=world.pool_id, LambdaConfig=functions.add(**triggers))


@pytest.fixture
def legacy(world: World, functions: Functions) -> World:
    configure(world, functions, UserMigration=directory())
    return world


def refused(world: World, name: str = "zoe", password: str = OLD) -> tuple[str, str]:
    return world.refusal("InitiateAuth", **world.password_request(name, password))


def test_the_first_sign_in_brings_the_user(legacy: World, functions: Functions) -> None:
    assert legacy.sign_in("zoe", OLD, ClientMetadata={"tenant": "a"})["AccessToken"]
    user = legacy("AdminGetUser", UserPoolId=legacy.pool_id, Username="zoe")
    attributes = {each["Name"]: each["Value"] for each in user["UserAttributes"]}
    assert user["UserStatus"] == "CONFIRMED"
    assert attributes.items() >= ANSWER["userAttributes"].items()
    [event] = functions.events
    assert event["triggerSource"] == "UserMigration_Authentication"
    assert event["userName"] == "zoe"
    assert event["request"] == {"password": OLD, "validationData": {"tenant": "a"}, "clientMetadata": {}}
    assert set(event["response"]) == {
        "userAttributes",
        "finalUserStatus",
        "messageAction",
        "desiredDeliveryMediums",
        "forceAliasCreation",
        "enableSMSMFA",
    }


def test_and_needs_no_function_afterwards(legacy: World, functions: Functions) -> None:
    legacy.sign_in("zoe", OLD)
    configure(legacy, functions)
    legacy("UpdateUserPool", UserPoolId=legacy.pool_id, LambdaConfig={})
    assert legacy.sign_in("zoe", OLD)["AccessToken"]
    _, proof = legacy.srp_challenge("zoe", OLD, ClientId=legacy.add_client())
    assert legacy("RespondToAuthChallenge", **proof)["AuthenticationResult"]


def test_an_administrator_signs_them_in_too(legacy: World) -> None:
    request = legacy.password_request("zoe", OLD) | {"AuthFlow": "ADMIN_USER_PASSWORD_AUTH"}
    assert legacy("AdminInitiateAuth", UserPoolId=legacy.pool_id, **request)["AuthenticationResult"]


def test_srp_shows_no_password_and_brings_nobody(legacy: World, functions: Functions) -> None:
    _, proof = legacy.srp_challenge("zoe", OLD)
    assert legacy.refusal("RespondToAuthChallenge", **proof) == INCORRECT
    assert functions.events == []


def test_presignup_is_called_for_them(legacy: World, functions: Functions) -> None:
    seen = []
    configure(legacy, functions, UserMigration=directory(), PreSignUp=lambda event: seen.append(event) or event)
    legacy.sign_in("zoe", OLD)
    assert seen[0]["triggerSource"] == "PreSignUp_AdminCreateUser"
    assert seen[0]["request"]["userAttributes"] == ANSWER["userAttributes"]


def test_without_a_status_a_new_password_is_due(legacy: World, functions: Functions) -> None:
    configure(legacy, functions, UserMigration=directory(finalUserStatus=None))
    assert refused(legacy) == ("PasswordResetRequiredException", "Password reset required for the user")


def test_the_function_may_know_them_by_another_name(legacy: World, functions: Functions) -> None:
    """The typed name is an alias then, which the attributes bring."""
    pool = legacy("CreateUserPool", PoolName="aliases", AliasAttributes=["email"])["UserPool"]["Id"]
    legacy.pool_id, by_email = pool, {"username": "zoe", "email": "zoe@example.com", "email_verified": "true"}
    legacy.client_id = legacy.add_client()

    def migrate(event: Event) -> Event:
        event["response"] |= ANSWER | {"userAttributes": by_email}
        return event

    configure(legacy, functions, UserMigration=migrate)
    assert legacy.sign_in("zoe@example.com", OLD)["AccessToken"]
    assert legacy("AdminGetUser", UserPoolId=pool, Username="zoe")["Username"] == "zoe"


# -- What goes wrong -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["zoe", "nobody"])
def test_t034_a_refusal_is_an_unknown_user(legacy: World, name: str) -> None:
    assert refused(legacy, name, "wrong") == INCORRECT
    legacy.client_id = legacy.add_client()
    assert refused(legacy, name, "wrong") == ("UserNotFoundException", "User does not exist.")
    assert not PoolUser.objects.filter(username=name).exists()


def raises(event: Event) -> Event:
    raise Raises("the directory is down")


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({"userAttributes": None}, id="no attributes"),
        pytest.param({"userAttributes": {}}, id="none at all"),
        pytest.param({"userAttributes": "zoe"}, id="text"),
        pytest.param({"userAttributes": {"email": 5}}, id="a number"),
        pytest.param({"finalUserStatus": "UNCONFIRMED"}, id="an impossible status"),
        pytest.param({"finalUserStatus": 1}, id="a number for a status"),
        pytest.param({"desiredDeliveryMediums": "SMS"}, id="text for a list"),
    ],
)
def test_t034_junk_brings_nobody(legacy: World, functions: Functions, answer: dict[str, Any]) -> None:
    configure(legacy, functions, UserMigration=directory(**answer))
    assert refused(legacy) == ("InvalidLambdaResponseException", "Unrecognizable lambda output")
    assert not PoolUser.objects.filter(username="zoe").exists()


def test_t034_an_attribute_that_the_pool_does_not_have_brings_nobody(legacy: World, functions: Functions) -> None:
    configure(legacy, functions, UserMigration=directory(userAttributes={"shoe_size": "44"}))
    assert refused(legacy) == ("InvalidLambdaResponseException", "Unrecognizable lambda output")
    assert not PoolUser.objects.filter(username="zoe").exists()


def test_t034_a_function_that_is_not_there(legacy: World, functions: Functions) -> None:
    del functions.by_name["UserMigration"]
    text = "UserMigration invocation failed due to error ResourceNotFoundException."
    assert refused(legacy) == ("UnexpectedLambdaException", text)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("racers", [4, 20])
def test_t034_first_sign_ins_at_once_bring_one_user(legacy: World, racers: int) -> None:
    """More than five of them are guesses like any others, until one was right."""
    outcomes = race(racers, lambda: legacy.sign_in("zoe", OLD)["AccessToken"])
    signed_in = [each for each in outcomes if not isinstance(each, Refused)]
    assert len(signed_in) >= min(racers, 4)
    assert set(outcomes) - set(signed_in) <= {"NotAuthorizedException: Password attempts exceeded"}
    assert PoolUser.objects.filter(pool=legacy.pool_id, username="zoe").count() == 1


@pytest.mark.django_db(transaction=True)
def test_t024_of_fifty_guesses_at_once_the_other_directory_sees_five(legacy: World, functions: Functions) -> None:
    guesses = [f"guess-{number}" for number in range(50)]
    race(50, lambda: legacy.sign_in("zoe", guesses.pop(0)))
    assert len(functions.events) == 5


def test_a_right_password_ends_the_count(legacy: World, functions: Functions) -> None:
    for _ in range(4):
        refused(legacy, password="wrong")
    assert legacy.sign_in("zoe", OLD)["AccessToken"]
    for _ in range(5):
        assert refused(legacy, password="wrong") == INCORRECT
    assert refused(legacy)[1] == "Password attempts exceeded"


@pytest.mark.parametrize("username", ["", "a b", "x" * 129])
def test_t034_a_name_that_nobody_can_have_brings_nobody(legacy: World, functions: Functions, username: str) -> None:
    attributes = ANSWER["userAttributes"] | {"username": username}
    configure(legacy, functions, UserMigration=directory(userAttributes=attributes))
    assert refused(legacy) == ("InvalidLambdaResponseException", "Unrecognizable lambda output")


def test_t031_a_password_that_no_pool_takes_is_not_shown(legacy: World, functions: Functions) -> None:
    assert refused(legacy, password="x" * 3000) == INCORRECT
    assert functions.events == []


def test_guesses_are_counted_before_the_other_directory_hears_of_them(legacy: World, functions: Functions) -> None:
    for _ in range(5):
        assert refused(legacy, password="wrong") == INCORRECT
    called = len(functions.events)
    assert refused(legacy) == ("NotAuthorizedException", "Password attempts exceeded")
    assert len(functions.events) == called


# -- Forgotten passwords ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("tells", [True, False])
def test_a_forgotten_password_brings_the_user(legacy: World, functions: Functions, tells: bool) -> None:
    if tells:
        legacy.client_id = legacy.add_client()
    named = {"ClientId": legacy.client_id, "Username": "zoe"}
    details = legacy("ForgotPassword", **named, ClientMetadata={"a": "b"})["CodeDeliveryDetails"]
    assert details["Destination"] == "z***@e***"
    [event] = functions.events
    assert event["triggerSource"] == "UserMigration_ForgotPassword"
    assert event["request"] == {"validationData": {}, "clientMetadata": {"a": "b"}}
    code, chosen = legacy.sent[-1].code, "Another-Horse-8!"
    legacy("ConfirmForgotPassword", **named, ConfirmationCode=code, Password=chosen)
    assert legacy.sign_in("zoe", chosen)["AccessToken"]


def test_a_forgotten_password_of_nobody_looks_the_same(legacy: World) -> None:
    named = {"ClientId": legacy.client_id, "Username": "nobody"}
    assert legacy("ForgotPassword", **named)["CodeDeliveryDetails"]["Destination"]
    assert legacy.sent == []
