"""SignUp, ConfirmSignUp, ResendConfirmationCode, and the sign-in that follows without a further question."""

import base64
import hmac
from typing import Any

import pytest

from flows.pool.models import PoolUser
from tests.pool.conftest import PASSWORD, World
from tests.pool.test_one_time_codes import attributes_of, set_attributes, status_of, wrong
from tests.pool.test_user_auth import policies
from tests.race import Refused, race

BOTH = ["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
MISMATCH = ("CodeMismatchException", "Invalid verification code provided, please try again.")
EXPIRED = ("ExpiredCodeException", "Invalid code provided, please request a code again.")
LIMIT = ("LimitExceededException", "Attempt limit exceeded, please try after some time.")
INVALID_SESSION = ("NotAuthorizedException", "Invalid session for the user.")
USED = ("NotAuthorizedException", "Invalid session for the user, session can only be used once.")
NO_SUCH = ("UserNotFoundException", "Username/client id combination not found.")
EMAIL = {"email": "bob@example.com"}


def open_pool(world: World, **settings: Any) -> World:
    """A pool that sends codes to e-mail addresses and whose client hides who exists."""
    members = {"PoolName": "open", "AutoVerifiedAttributes": ["email"], "Policies": policies("PASSWORD", "EMAIL_OTP")}
    world.pool_id = world("CreateUserPool", **members | settings)["UserPool"]["Id"]
    world.client_id = world.add_client(ExplicitAuthFlows=BOTH, PreventUserExistenceErrors="ENABLED")
    return world


@pytest.fixture
def pool(world: World) -> World:
    return open_pool(world)


def sign_up_request(
    world: World, name: str = "bob", password: str | None = PASSWORD, **attributes: str
) -> dict[str, Any]:
    pairs = [{"Name": key, "Value": value} for key, value in (attributes or EMAIL).items()]
    request = {"ClientId": world.client_id, "Username": name, "UserAttributes": pairs}
    return request | ({"Password": password} if password is not None else {})


def sign_up(world: World, name: str = "bob", password: str | None = PASSWORD, **attributes: str) -> dict[str, Any]:
    return world("SignUp", **sign_up_request(world, name, password, **attributes))


def confirmation(world: World, code: str, name: str = "bob", **members: Any) -> dict[str, Any]:
    return {"ClientId": world.client_id, "Username": name, "ConfirmationCode": code} | members


def confirm(world: World, code: str, name: str = "bob", **members: Any) -> dict[str, Any]:
    return world("ConfirmSignUp", **confirmation(world, code, name, **members))


def resend_request(world: World, name: str = "bob") -> dict[str, Any]:
    return {"ClientId": world.client_id, "Username": name}


def with_session(world: World, session: str, **parameters: str) -> dict[str, Any]:
    request = {"ClientId": world.client_id, "AuthFlow": "USER_AUTH", "Session": session}
    return request | {"AuthParameters": {"USERNAME": "bob"} | parameters}


def tell(world: World) -> None:
    world.client_id = world.add_client(ExplicitAuthFlows=BOTH, PreventUserExistenceErrors="LEGACY")


# -- SignUp ------------------------------------------------------------------------------------------------------
def test_signing_up_and_in(pool: World) -> None:
    told = sign_up(pool)
    assert told["UserConfirmed"] is False
    assert told["UserSub"] == attributes_of(pool, "bob")["sub"]
    details = {"Destination": "b***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email"}
    assert told["CodeDeliveryDetails"] == details
    assert 20 <= len(told["Session"]) <= 4096
    [message] = pool.sent
    assert (message.destination, message.purpose, len(message.code)) == ("bob@example.com", "SignUp", 6)
    assert message.text == f"Your confirmation code is {message.code}."
    assert message.subject == "Your verification code"
    assert status_of(pool, "bob") == "UNCONFIRMED"
    assert attributes_of(pool, "bob")["email_verified"] == "false"
    unconfirmed = ("UserNotConfirmedException", "User is not confirmed.")
    assert pool.refusal("InitiateAuth", **pool.password_request("bob", PASSWORD)) == unconfirmed
    confirm(pool, message.code)
    assert status_of(pool, "bob") == "CONFIRMED"
    assert attributes_of(pool, "bob")["email_verified"] == "true"
    assert pool.sign_in("bob")["AccessToken"]


def test_a_client_without_user_auth_gets_no_session(pool: World) -> None:
    pool.client_id = pool.add_client(ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])
    assert "Session" not in sign_up(pool)
    assert "Session" not in confirm(pool, pool.sent[-1].code)


def test_where_nothing_is_verified_by_itself_no_code_is_sent(world: World) -> None:
    world.client_id = world.add_client(ExplicitAuthFlows=BOTH)
    assert "CodeDeliveryDetails" not in sign_up(world)
    assert not world.sent
    cannot = ("NotAuthorizedException", "Cannot resend codes. Auto verification not turned on.")
    assert world.refusal("ResendConfirmationCode", **resend_request(world)) == cannot
    world("AdminConfirmSignUp", UserPoolId=world.pool_id, Username="bob")
    assert world.sign_in("bob")["AccessToken"]


def test_the_telephone_comes_first(world: World) -> None:
    open_pool(world, AutoVerifiedAttributes=["email", "phone_number"])
    told = sign_up(world, **EMAIL, phone_number="+15551234567")
    assert told["CodeDeliveryDetails"]["Destination"] == "+*******4567"
    confirm(world, world.sent[-1].code)
    flags = attributes_of(world, "bob")
    assert (flags["phone_number_verified"], flags["email_verified"]) == ("true", "false")


def test_a_pool_where_only_administrators_make_users(world: World) -> None:
    open_pool(world, AdminCreateUserConfig={"AllowAdminCreateUserOnly": True})
    told = ("NotAuthorizedException", "SignUp is not permitted for this user pool")
    assert world.refusal("SignUp", **sign_up_request(world)) == told


def test_without_a_password_where_another_factor_will_do(pool: World) -> None:
    sign_up(pool, password=None)
    assert confirm(pool, pool.sent[-1].code)["Session"]
    pool("UpdateUserPool", UserPoolId=pool.pool_id, AutoVerifiedAttributes=["email"], Policies=policies("PASSWORD"))
    null = "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null"
    assert pool.refusal("SignUp", **sign_up_request(pool, "carol", None)) == ("InvalidParameterException", null)


def test_a_weak_password(pool: World) -> None:
    told = ("InvalidPasswordException", "Password did not conform with policy: Password not long enough")
    assert pool.refusal("SignUp", **sign_up_request(pool, password="Short1!")) == told
    assert not PoolUser.objects.filter(username="bob").exists()


def test_attributes_that_are_missing_unknown_or_not_the_clients_to_write(world: World) -> None:
    schema = [{"Name": "name", "Required": True}, {"Name": "given_name", "Required": True}]
    open_pool(world, Schema=schema)
    prefix = "Attributes did not conform to the schema: "
    missing = f"{prefix}name: The attribute is required given_name: The attribute is required"
    assert world.refusal("SignUp", **sign_up_request(world))[1] in (
        missing,
        f"{prefix}given_name: The attribute is required name: The attribute is required",
    )
    unknown = world.refusal("SignUp", **sign_up_request(world, **{"custom:x": "1"}))
    assert unknown == (
        "InvalidParameterException",
        f"{prefix}Type for attribute {{custom:x}} could not be determined",
    )
    forbidden = world.refusal("SignUp", **sign_up_request(world, **EMAIL, email_verified="true"))
    assert forbidden == ("NotAuthorizedException", "A client attempted to write unauthorized attribute")


def test_t020_a_name_that_is_taken_is_told_to_every_client(pool: World) -> None:
    """The documented leak of pools whose users choose a name."""
    sign_up(pool)
    assert pool.refusal("SignUp", **sign_up_request(pool, "BOB")) == ("UsernameExistsException", "User already exists")


def test_an_address_that_is_the_username(world: World) -> None:
    open_pool(world, UsernameAttributes=["email"])
    told = sign_up(world, "bob@example.com", given_name="Bob")
    assert attributes_of(world, "bob@example.com")["email"] == "bob@example.com"
    exists = ("UsernameExistsException", "An account with the given email already exists.")
    assert world.refusal("SignUp", **sign_up_request(world, "bob@example.com", given_name="Bob")) == exists
    form = ("InvalidParameterException", "Username should be an email.")
    assert world.refusal("SignUp", **sign_up_request(world, "carol", given_name="Carol")) == form
    confirm(world, world.sent[-1].code, "bob@example.com")
    assert world("AdminGetUser", UserPoolId=world.pool_id, Username="bob@example.com")["Username"] == told["UserSub"]


@pytest.mark.django_db(transaction=True)
def test_fifty_sign_ups_at_once_make_one_user(pool: World) -> None:
    request = sign_up_request(pool)
    results = race(50, lambda: pool("SignUp", **request))
    assert len([each for each in results if not isinstance(each, Refused)]) == 1
    assert results.count(Refused("UsernameExistsException: User already exists")) == 49


def test_secret_hash(pool: World) -> None:
    answer = pool("CreateUserPoolClient", UserPoolId=pool.pool_id, ClientName="secret", GenerateSecret=True)
    client = answer["UserPoolClient"]
    pool.client_id = client["ClientId"]
    key, content = client["ClientSecret"].encode(), f"bob{pool.client_id}".encode()
    right = base64.b64encode(hmac.digest(key, content, "sha256")).decode()
    for operation, request in (
        ("SignUp", sign_up_request(pool)),
        ("ResendConfirmationCode", resend_request(pool)),
        ("ConfirmSignUp", confirmation(pool, "000000")),
        ("ForgotPassword", resend_request(pool)),
        ("ConfirmForgotPassword", confirmation(pool, "000000", Password=PASSWORD)),
    ):
        missing = f"Client {pool.client_id} is configured with secret but SECRET_HASH was not received"
        assert pool.refusal(operation, **request) == ("NotAuthorizedException", missing)
        other = f"Unable to verify secret hash for client {pool.client_id}"
        assert pool.refusal(operation, **request, SecretHash=right[::-1]) == ("NotAuthorizedException", other)
    pool("SignUp", **sign_up_request(pool), SecretHash=right)
    confirm(pool, pool.sent[-1].code, SecretHash=right)


# -- ConfirmSignUp -----------------------------------------------------------------------------------------------
def test_a_wrong_code_and_confirming_twice(pool: World) -> None:
    sign_up(pool)
    code = pool.sent[-1].code
    assert pool.refusal("ConfirmSignUp", **confirmation(pool, wrong(code))) == MISMATCH
    confirm(pool, code)
    told = ("NotAuthorizedException", "User cannot be confirmed. Current status is CONFIRMED")
    assert pool.refusal("ConfirmSignUp", **confirmation(pool, code)) == told


@pytest.mark.django_db(transaction=True)
def test_t039_fifty_confirmations_at_once_confirm_once(pool: World) -> None:
    sign_up(pool)
    request = confirmation(pool, pool.sent[-1].code)
    results = race(50, lambda: pool("ConfirmSignUp", **request))
    assert len([each for each in results if not isinstance(each, Refused)]) == 1
    told = "NotAuthorizedException: User cannot be confirmed. Current status is CONFIRMED"
    assert results.count(Refused(told)) + results.count(Refused(": ".join(LIMIT))) == 49


def test_t040_an_older_code_is_good_for_nothing(pool: World) -> None:
    sign_up(pool)
    pool("ResendConfirmationCode", **resend_request(pool))
    assert pool.refusal("ConfirmSignUp", **confirmation(pool, pool.sent[0].code)) == MISMATCH
    confirm(pool, pool.sent[1].code)


@pytest.mark.parametrize("name", ["bob", "nobody"])
def test_t041_fifteen_confirmations_an_hour(pool: World, name: str) -> None:
    sign_up(pool)
    for _ in range(15):
        assert pool.refusal("ConfirmSignUp", **confirmation(pool, "x", name)) == MISMATCH
    assert pool.refusal("ConfirmSignUp", **confirmation(pool, pool.sent[-1].code, name)) == LIMIT
    pool("ResendConfirmationCode", **resend_request(pool, name))
    assert pool.refusal("ConfirmSignUp", **confirmation(pool, pool.sent[-1].code, name)) == LIMIT, "no new tries"
    pool.clock.forward(hours=1)
    assert pool.refusal("ConfirmSignUp", **confirmation(pool, "x", name)) == MISMATCH


def test_t045_a_confirmation_code_lives_a_day(pool: World) -> None:
    sign_up(pool)
    pool.clock.forward(hours=24, seconds=-1)
    request = confirmation(pool, pool.sent[-1].code)
    pool.clock.forward(seconds=2)
    assert pool.refusal("ConfirmSignUp", **request) == EXPIRED
    pool.clock.forward(seconds=-2)
    assert "Session" in pool("ConfirmSignUp", **request)


def test_only_the_address_that_the_user_still_has(pool: World) -> None:
    sign_up(pool)
    set_attributes(pool, "bob", email="bob@example.org")
    assert pool.refusal("ConfirmSignUp", **confirmation(pool, pool.sent[0].code)) == EXPIRED
    assert status_of(pool, "bob") == "UNCONFIRMED"


def test_an_alias_that_is_taken(world: World) -> None:
    open_pool(world, AliasAttributes=["email"])
    world.add_user("alice")
    set_attributes(world, email="bob@example.com", email_verified="true")
    assert sign_up(world)["CodeDeliveryDetails"], "T020: signing up tells nobody that the address is known"
    request = confirmation(world, world.sent[-1].code)
    assert world.refusal("ConfirmSignUp", **request)[0] == "AliasExistsException"
    assert status_of(world, "bob") == "UNCONFIRMED"
    world("ConfirmSignUp", **request, ForceAliasCreation=True)
    assert attributes_of(world, "alice")["email_verified"] == "false"
    assert attributes_of(world, "bob")["email_verified"] == "true"


# -- ResendConfirmationCode --------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["bob", "nobody"])
def test_t041_five_codes_an_hour(pool: World, name: str) -> None:
    sign_up(pool)
    for _ in range(5):
        pool("ResendConfirmationCode", **resend_request(pool, name))
    sent = len(pool.sent)
    assert pool.refusal("ResendConfirmationCode", **resend_request(pool, name)) == LIMIT
    assert len(pool.sent) == sent


def test_t019_nobody_and_a_disabled_user_are_sent_a_code_as_it_seems(pool: World) -> None:
    sign_up(pool)
    pool("AdminDisableUser", UserPoolId=pool.pool_id, Username="bob")
    sent = len(pool.sent)
    for name in ("nobody", "bob", "nobody@example.net"):
        first, second = (pool("ResendConfirmationCode", **resend_request(pool, name)) for _ in range(2))
        assert first["CodeDeliveryDetails"] == second["CodeDeliveryDetails"]
        assert first["CodeDeliveryDetails"]["Destination"].startswith(f"{name[0]}***@")
        assert pool.refusal("ConfirmSignUp", **confirmation(pool, "000000", name)) == MISMATCH
    assert len(pool.sent) == sent


def test_a_client_that_tells(pool: World) -> None:
    sign_up(pool)
    tell(pool)
    assert pool.refusal("ConfirmSignUp", **confirmation(pool, "000000", "nobody")) == NO_SUCH
    assert pool.refusal("ResendConfirmationCode", **resend_request(pool, "nobody")) == NO_SUCH
    confirm(pool, pool.sent[-1].code)
    told = ("InvalidParameterException", "User is already confirmed.")
    assert pool.refusal("ResendConfirmationCode", **resend_request(pool)) == told
    pool("AdminDisableUser", UserPoolId=pool.pool_id, Username="bob")
    disabled = ("NotAuthorizedException", "User is disabled.")
    assert pool.refusal("ResendConfirmationCode", **resend_request(pool)) == disabled


# -- The sign-in that follows ------------------------------------------------------------------------------------
def test_the_session_of_the_confirmation_signs_in_once(pool: World) -> None:
    begun = sign_up(pool)
    session = confirm(pool, pool.sent[-1].code, Session=begun["Session"])["Session"]
    assert pool("InitiateAuth", **with_session(pool, session))["AuthenticationResult"]["RefreshToken"]
    assert pool.refusal("InitiateAuth", **with_session(pool, session)) == USED


def test_amplify_sends_no_session_to_confirm_and_none_is_needed(pool: World) -> None:
    sign_up(pool)
    session = confirm(pool, pool.sent[-1].code)["Session"]
    parameters = {"PREFERRED_CHALLENGE": "PASSWORD"}
    assert pool("InitiateAuth", **with_session(pool, session, **parameters))["AuthenticationResult"]


def test_t055_a_password_that_was_replaced_ends_the_session(pool: World) -> None:
    sign_up(pool)
    session = confirm(pool, pool.sent[-1].code)["Session"]
    pool.set_password("bob", "Another-Horse-8!")
    invalid = ("NotAuthorizedException", "Invalid session for the user.")
    assert pool.refusal("InitiateAuth", **with_session(pool, session)) == invalid


@pytest.mark.django_db(transaction=True)
def test_t006_fifty_sign_ins_with_one_session_are_one(pool: World) -> None:
    sign_up(pool)
    request = with_session(pool, confirm(pool, pool.sent[-1].code)["Session"])
    results = race(50, lambda: pool("InitiateAuth", **request))
    assert len([each for each in results if not isinstance(each, Refused)]) == 1
    assert results.count(Refused(": ".join(USED))) == 49


def test_the_session_is_of_one_user_client_and_use(pool: World) -> None:
    begun = sign_up(pool)
    sign_up(pool, "carol", email="carol@example.com")
    of_bob, of_carol = (message.code for message in pool.sent)
    stolen = confirmation(pool, of_carol, "carol", Session=begun["Session"])
    assert pool.refusal("ConfirmSignUp", **stolen) == INVALID_SESSION
    assert pool.refusal("InitiateAuth", **with_session(pool, begun["Session"])) == INVALID_SESSION, "not confirmed yet"
    session = confirm(pool, of_bob)["Session"]
    assert pool.refusal("InitiateAuth", **with_session(pool, session, USERNAME="carol")) == INVALID_SESSION
    response = {"USERNAME": "bob", "EMAIL_OTP_CODE": of_bob}
    request = {"ClientId": pool.client_id, "ChallengeName": "EMAIL_OTP", "Session": session}
    assert pool.refusal("RespondToAuthChallenge", **request, ChallengeResponses=response) == INVALID_SESSION
    mine, pool.client_id = pool.client_id, pool.add_client(ExplicitAuthFlows=BOTH)
    assert pool.refusal("InitiateAuth", **with_session(pool, session)) == INVALID_SESSION
    pool.client_id = mine
    assert pool("InitiateAuth", **with_session(pool, session))["AuthenticationResult"]


def test_the_session_lives_three_minutes(pool: World) -> None:
    sign_up(pool)
    session = confirm(pool, pool.sent[-1].code)["Session"]
    pool.clock.forward(minutes=3)
    expired = ("NotAuthorizedException", "Invalid session for the user, session is expired.")
    assert pool.refusal("InitiateAuth", **with_session(pool, session)) == expired


def test_no_session_where_a_code_would_not_sign_in(world: World) -> None:
    open_pool(world, Policies=policies("PASSWORD"))
    sign_up(world)
    assert "Session" not in confirm(world, world.sent[-1].code)


def test_a_pool_that_has_forbidden_codes_since(pool: World) -> None:
    sign_up(pool)
    session = confirm(pool, pool.sent[-1].code)["Session"]
    pool("UpdateUserPool", UserPoolId=pool.pool_id, AutoVerifiedAttributes=["email"], Policies=policies("PASSWORD"))
    assert pool.refusal("InitiateAuth", **with_session(pool, session)) == INVALID_SESSION


def test_an_administrators_server_goes_on_alike(pool: World) -> None:
    sign_up(pool)
    session = confirm(pool, pool.sent[-1].code)["Session"]
    assert pool("AdminInitiateAuth", UserPoolId=pool.pool_id, **with_session(pool, session))["AuthenticationResult"]
