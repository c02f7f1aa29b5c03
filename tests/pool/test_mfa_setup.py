"""MFA_SETUP, and authenticator apps of people who are signed in: AssociateSoftwareToken, VerifySoftwareToken."""

import json
from typing import Any

import pytest

from tests.pool import mfa
from tests.pool.conftest import PASSWORD, World
from tests.pool.mfa import app_code, begin, give, next_code, refused, require, respond, sent_code
from tests.race import Refused, race

TOKEN, EMAIL, SMS = "SOFTWARE_TOKEN_MFA", "EMAIL_OTP", "SMS_MFA"
INVALID_SESSION = ("NotAuthorizedException", "Invalid session for the user.")
USED_SESSION = ("NotAuthorizedException", "Invalid session for the user, session can only be used once.")
WRONG_CODE = ("EnableSoftwareTokenMFAException", "Code mismatch and fail enable Software Token MFA")
NOT_VERIFIED = ("InvalidParameterException", "User has not verified software token mfa")
POOL_OFF = ("SoftwareTokenMFANotFoundException", "Software Token MFA has not been enabled by the userPool")


def start(world: World, *factors: str) -> dict[str, Any]:
    """alice at MFA_SETUP, in a pool that requires a second factor of these."""
    require(world, "ON", *(factors or (TOKEN,)))
    return at_setup(world)


def at_setup(world: World) -> dict[str, Any]:
    asked = begin(world)
    assert asked["ChallengeName"] == "MFA_SETUP"
    return asked


def associate(world: World, session: str) -> tuple[str, str]:
    """SecretCode and the next Session."""
    offered = world("AssociateSoftwareToken", Session=session)
    return offered["SecretCode"], offered["Session"]


def verify(world: World, session: str, secret: str, **members: str) -> str:
    code = app_code(world, secret)
    verified = world("VerifySoftwareToken", Session=session, UserCode=code, **members)
    assert verified["Status"] == "SUCCESS"
    return str(verified["Session"])


def finish(world: World, asked: dict[str, Any], session: str) -> dict[str, Any]:
    return respond(world, {**asked, "Session": session})


def user(world: World) -> dict[str, Any]:
    return world("AdminGetUser", UserPoolId=world.pool_id, Username="alice")


def wrong(code: str) -> str:
    return "000000" if code != "000000" else "000001"


# -- By Session ----------------------------------------------------------------------------------------------------
def test_an_app_is_set_up_while_signing_in(world: World) -> None:
    asked = start(world)
    assert json.loads(asked["ChallengeParameters"]["MFAS_CAN_SETUP"]) == [TOKEN]
    secret, session = associate(world, asked["Session"])
    proved = verify(world, session, secret, FriendlyDeviceName="phone")
    assert len({asked["Session"], session, proved}) == 3
    assert finish(world, asked, proved)["AuthenticationResult"]["AccessToken"]
    assert user(world)["UserMFASettingList"] == [TOKEN]
    assert user(world)["PreferredMfaSetting"] == TOKEN
    again = begin(world)
    assert (again["ChallengeName"], again["ChallengeParameters"]["FRIENDLY_DEVICE_NAME"]) == (TOKEN, "phone")
    assert respond(world, again, SOFTWARE_TOKEN_MFA_CODE=next_code(world, secret))["AuthenticationResult"]


def test_each_steps_old_session_is_dead(world: World) -> None:
    asked = start(world)
    secret, session = associate(world, asked["Session"])
    for request in ({}, {"UserCode": app_code(world, secret)}):
        operation = "VerifySoftwareToken" if request else "AssociateSoftwareToken"
        assert world.refusal(operation, Session=asked["Session"], **request) == USED_SESSION
    assert refused(world, asked) == USED_SESSION
    proved = verify(world, session, secret)
    assert world.refusal("VerifySoftwareToken", Session=session, UserCode=app_code(world, secret)) == USED_SESSION
    finish(world, asked, proved)
    assert refused(world, {**asked, "Session": proved}) == USED_SESSION


def test_answered_before_the_app_is_verified(world: World) -> None:
    asked = start(world)
    assert refused(world, asked) == NOT_VERIFIED
    secret, session = associate(world, asked["Session"])
    assert refused(world, {**asked, "Session": session}) == NOT_VERIFIED
    assert finish(world, asked, verify(world, session, secret))["AuthenticationResult"]


def test_verified_before_there_is_a_seed(world: World) -> None:
    asked = start(world)
    refusal = world.refusal("VerifySoftwareToken", Session=asked["Session"], UserCode="000000")
    assert refusal[0] == "SoftwareTokenMFANotFoundException"
    assert associate(world, asked["Session"])


def test_a_wrong_code_leaves_the_session_alive(world: World) -> None:
    asked = start(world)
    secret, session = associate(world, asked["Session"])
    code = app_code(world, secret)
    for _ in range(8):  # nobody guesses: whoever asks has been told the seed
        assert world.refusal("VerifySoftwareToken", Session=session, UserCode=wrong(code)) == WRONG_CODE
    assert finish(world, asked, verify(world, session, secret))["AuthenticationResult"]


@pytest.mark.parametrize("code", ["１２３４５６", "٠١٢٣٤٥", "1234567", "12 456", "+12345", "12345x"])
def test_t048_what_is_no_code_is_refused_by_the_model(world: World, code: str) -> None:
    _, session = associate(world, start(world)["Session"])
    refusal = world.refusal("VerifySoftwareToken", Session=session, UserCode=code)
    assert refusal[0] == "InvalidParameterException"


def test_t052_only_the_newest_seed_can_be_verified(world: World) -> None:
    asked = start(world)
    older, session = associate(world, asked["Session"])
    newer, session = associate(world, session)
    code = app_code(world, older)
    assert world.refusal("VerifySoftwareToken", Session=session, UserCode=code) == WRONG_CODE
    assert finish(world, asked, verify(world, session, newer))["AuthenticationResult"]


def test_t052_two_attempts_do_not_mix(world: World) -> None:
    asked = start(world)
    mine, my_session = associate(world, asked["Session"])
    others, others_session = associate(world, at_setup(world)["Session"])
    code = app_code(world, others)
    assert world.refusal("VerifySoftwareToken", Session=my_session, UserCode=code) == WRONG_CODE
    proved = verify(world, my_session, mine)
    # The user has an app now: whoever else knows the password may not put another in its place.
    refusal = world.refusal("VerifySoftwareToken", Session=others_session, UserCode=app_code(world, others))
    assert refusal == INVALID_SESSION
    assert world.refusal("AssociateSoftwareToken", Session=others_session) == INVALID_SESSION
    assert finish(world, asked, proved)["AuthenticationResult"]
    code = next_code(world, mine)
    assert respond(world, begin(world), SOFTWARE_TOKEN_MFA_CODE=code)["AuthenticationResult"]


def test_t052_another_users_session(world: World) -> None:
    world.add_user("bob")
    require(world, "ON", TOKEN)
    secret, session = associate(world, at_setup(world)["Session"])
    bobs = begin(world, "bob")
    assert refused(world, {**bobs, "ChallengeName": "MFA_SETUP"}) == INVALID_SESSION, "alice's name, bob's Session"
    code = app_code(world, secret)
    refusal = world.refusal("VerifySoftwareToken", Session=associate(world, bobs["Session"])[1], UserCode=code)
    assert refusal == WRONG_CODE
    assert verify(world, session, secret)


def test_t052_a_session_of_another_challenge(world: World) -> None:
    require(world, "OPTIONAL", TOKEN)
    world.set_password("alice", "Temporary-Horse-1!", permanent=False)
    session = begin(world, password="Temporary-Horse-1!")["Session"]
    assert world.refusal("AssociateSoftwareToken", Session=session) == INVALID_SESSION
    assert world.refusal("VerifySoftwareToken", Session=session, UserCode="000000") == INVALID_SESSION
    assert world.refusal("AssociateSoftwareToken", Session="A" * 64) == INVALID_SESSION


def test_an_expired_session(world: World) -> None:
    secret, session = associate(world, start(world)["Session"])
    world.clock.forward(minutes=3)
    refusal = world.refusal("VerifySoftwareToken", Session=session, UserCode=app_code(world, secret))
    assert refusal == ("NotAuthorizedException", "Invalid session for the user, session is expired.")


def test_a_disabled_user_sets_nothing_up(world: World) -> None:
    secret, session = associate(world, start(world)["Session"])
    world("AdminDisableUser", UserPoolId=world.pool_id, Username="alice")
    disabled = ("NotAuthorizedException", "User is disabled.")
    assert world.refusal("AssociateSoftwareToken", Session=session) == disabled
    assert world.refusal("VerifySoftwareToken", Session=session, UserCode=app_code(world, secret)) == disabled


def test_an_app_that_is_deleted_before_the_answer(world: World) -> None:
    asked = start(world)
    secret, session = associate(world, asked["Session"])
    proved = verify(world, session, secret)
    world("AdminDeleteSoftwareToken", UserPoolId=world.pool_id, Username="alice")
    assert refused(world, {**asked, "Session": proved}) == INVALID_SESSION


def test_an_app_that_another_has_replaced_before_the_answer(world: World) -> None:
    asked = start(world)
    secret, session = associate(world, asked["Session"])
    proved = verify(world, session, secret)
    world("AdminDeleteSoftwareToken", UserPoolId=world.pool_id, Username="alice")
    newer, session = associate(world, at_setup(world)["Session"])
    verify(world, session, newer)
    assert refused(world, {**asked, "Session": proved}) == INVALID_SESSION


def test_a_temporary_password_then_setting_up(world: World) -> None:
    require(world, "ON", TOKEN)
    world.set_password("alice", "Temporary-Horse-1!", permanent=False)
    asked = respond(world, begin(world, password="Temporary-Horse-1!"), NEW_PASSWORD="Another-Horse-9!")
    assert asked["ChallengeName"] == "MFA_SETUP"
    secret, session = associate(world, asked["Session"])
    assert finish(world, asked, verify(world, session, secret))["AuthenticationResult"]


@pytest.mark.django_db(transaction=True)
def test_t052_of_fifty_verifications_of_one_session_one_counts(world: World) -> None:
    secret, session = associate(world, start(world)["Session"])
    code = app_code(world, secret)
    results = race(50, lambda: world("VerifySoftwareToken", Session=session, UserCode=code))
    assert sum(not isinstance(result, Refused) for result in results) == 1


@pytest.mark.django_db(transaction=True)
def test_t052_of_fifty_attempts_at_once_one_sets_up_the_app(world: World) -> None:
    require(world, "ON", TOKEN)
    offers = [associate(world, at_setup(world)["Session"]) for _ in range(50)]

    def run() -> str:
        secret, session = offers.pop()
        world("VerifySoftwareToken", Session=session, UserCode=app_code(world, secret))
        return secret

    results = race(50, run)
    won = [result for result in results if not isinstance(result, Refused)]
    assert len(won) == 1
    code = next_code(world, won[0])
    assert respond(world, begin(world), SOFTWARE_TOKEN_MFA_CODE=code)["AuthenticationResult"]


# -- By e-mail -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("spelt", ["EMAIL", "email"])
def test_an_address_is_set_up_and_proved_by_a_code(world: World, spelt: str) -> None:
    asked = start(world, TOKEN, EMAIL)
    assert json.loads(asked["ChallengeParameters"]["MFAS_CAN_SETUP"]) == [TOKEN, EMAIL]
    follows = respond(world, asked, **{spelt: "alice@example.com"})
    assert follows["ChallengeName"] == EMAIL
    assert "email" not in str(user(world)["UserAttributes"]), "not the user's before the code is back"
    assert refused(world, asked, EMAIL="mallory@example.com") == USED_SESSION
    assert world.sent[-1].destination == "alice@example.com"
    assert respond(world, follows, EMAIL_OTP_CODE=sent_code(world))["AuthenticationResult"]
    assert {"Name": "email_verified", "Value": "true"} in user(world)["UserAttributes"]


@pytest.mark.parametrize("address", ["alice", "@", "alice@", "a b@example.com", "x" * 3000 + "@example.com"])
def test_an_address_that_is_none_loses_nothing(world: World, address: str) -> None:
    asked = start(world, EMAIL)
    assert refused(world, asked, EMAIL=address)[0] == "InvalidParameterException"
    assert respond(world, asked, EMAIL="alice@example.com")["ChallengeName"] == EMAIL


def test_an_address_that_signs_somebody_else_in_is_not_taken_over(world: World) -> None:
    world.pool_id = world("CreateUserPool", PoolName="by address", AliasAttributes=["email"])["UserPool"]["Id"]
    world.client_id = world.add_client()
    for name in ("alice", "bob"):
        world.add_user(name)
    give(world, "email", name="bob")
    asked = start(world, EMAIL)
    assert refused(world, asked, EMAIL="Alice@example.com".lower())[0] == "AliasExistsException"
    assert world.sent == []
    assert respond(world, asked, EMAIL="another@example.com")["ChallengeName"] == EMAIL


def test_an_address_that_was_mistyped_is_given_anew(world: World) -> None:
    asked = start(world, EMAIL)
    respond(world, asked, EMAIL="alcie@example.com")
    follows = respond(world, at_setup(world), EMAIL="alice@example.com")
    assert respond(world, follows, EMAIL_OTP_CODE=sent_code(world))["AuthenticationResult"]
    assert {"Name": "email", "Value": "alice@example.com"} in user(world)["UserAttributes"]


def test_t052_the_first_code_that_comes_back_decides(world: World) -> None:
    mine, others = start(world, EMAIL), at_setup(world)
    follows = respond(world, mine, EMAIL="alice@example.com")
    my_code = sent_code(world)
    waiting = respond(world, others, EMAIL="mallory@example.com")
    their_code = sent_code(world)
    assert respond(world, follows, EMAIL_OTP_CODE=my_code)["AuthenticationResult"]
    assert refused(world, waiting, EMAIL_OTP_CODE=their_code) == (
        "NotAuthorizedException",
        "Invalid session for the user.",
    )
    assert {"Name": "email", "Value": "alice@example.com"} in user(world)["UserAttributes"]


def test_an_address_that_became_anothers_meanwhile_is_not_taken(world: World) -> None:
    world.pool_id = world("CreateUserPool", PoolName="by address", AliasAttributes=["email"])["UserPool"]["Id"]
    world.client_id = world.add_client()
    for name in ("alice", "bob"):
        world.add_user(name)
    follows = respond(world, start(world, EMAIL), EMAIL="alice@example.com")
    code = sent_code(world)
    give(world, "email", name="bob")
    assert refused(world, follows, EMAIL_OTP_CODE=code)[0] == "AliasExistsException"
    assert "email" not in str(user(world)["UserAttributes"])


@pytest.mark.django_db(transaction=True)
def test_t052_of_five_codes_at_once_one_sets_its_address_up(world: World) -> None:
    require(world, "ON", EMAIL)
    waiting = []
    for number in range(5):
        follows = respond(world, at_setup(world), EMAIL=f"alice{number}@example.com")
        waiting.append((follows, sent_code(world), f"alice{number}@example.com"))

    def run() -> str:
        follows, code, address = waiting.pop()
        respond(world, follows, EMAIL_OTP_CODE=code)
        return address

    won = [result for result in race(5, run) if not isinstance(result, Refused)]
    assert len(won) == 1
    assert {"Name": "email", "Value": won[0]} in user(world)["UserAttributes"]


def test_email_cannot_be_set_up_where_the_pool_does_not_offer_it(world: World) -> None:
    asked = start(world, TOKEN)
    assert refused(world, asked, EMAIL="alice@example.com")[0] == "InvalidParameterException"


# -- By AccessToken ------------------------------------------------------------------------------------------------
@pytest.fixture
def token(world: World) -> str:
    """alice's access token."""
    require(world, "OPTIONAL", TOKEN, SMS)
    return str(world.sign_in()["AccessToken"])


def test_either_an_access_token_or_a_session(world: World, token: str) -> None:
    for operation, members in (("AssociateSoftwareToken", {}), ("VerifySoftwareToken", {"UserCode": "123456"})):
        for given in ({}, {"AccessToken": token, "Session": "A" * 64}):
            assert world.refusal(operation, **given, **members)[0] == "InvalidParameterException"


def test_a_pool_without_apps(world: World, token: str) -> None:
    require(world, "OPTIONAL", SMS)
    assert world.refusal("AssociateSoftwareToken", AccessToken=token) == POOL_OFF
    assert world.refusal("VerifySoftwareToken", AccessToken=token, UserCode="123456") == POOL_OFF


def test_t052_a_new_seed_replaces_the_waiting_one_and_not_the_one_in_use(world: World, token: str) -> None:
    in_use = mfa.set_up_app(world, Enabled=True)
    world("AssociateSoftwareToken", AccessToken=token)
    waiting = world("AssociateSoftwareToken", AccessToken=token)["SecretCode"]
    code = next_code(world, in_use)
    assert respond(world, begin(world), SOFTWARE_TOKEN_MFA_CODE=code)["AuthenticationResult"]
    refusal = world.refusal("VerifySoftwareToken", AccessToken=token, UserCode=next_code(world, in_use))
    assert refusal == WRONG_CODE
    world("VerifySoftwareToken", AccessToken=token, UserCode=app_code(world, waiting))
    world.clock.forward(seconds=30)
    assert refused(world, begin(world), SOFTWARE_TOKEN_MFA_CODE=app_code(world, in_use))[0] == "CodeMismatchException"
    code = app_code(world, waiting)
    assert respond(world, begin(world), SOFTWARE_TOKEN_MFA_CODE=code)["AuthenticationResult"]


def test_a_seed_is_verified_once(world: World, token: str) -> None:
    secret = world("AssociateSoftwareToken", AccessToken=token)["SecretCode"]
    request = {"AccessToken": token, "UserCode": app_code(world, secret)}
    assert world("VerifySoftwareToken", **request)["Status"] == "SUCCESS"
    assert world.refusal("VerifySoftwareToken", **request)[0] == "SoftwareTokenMFANotFoundException"


def test_t052_another_users_token(world: World, token: str) -> None:
    world.add_user("bob")
    secret = world("AssociateSoftwareToken", AccessToken=token)["SecretCode"]
    bobs = world.sign_in("bob")["AccessToken"]
    code = app_code(world, secret)
    assert world.refusal("VerifySoftwareToken", AccessToken=bobs, UserCode=code)[0] == (
        "SoftwareTokenMFANotFoundException"
    )
    world("AssociateSoftwareToken", AccessToken=bobs)
    assert world.refusal("VerifySoftwareToken", AccessToken=bobs, UserCode=code) == WRONG_CODE


def test_refusals_that_associating_does_not_declare(world: World, token: str) -> None:
    world("AdminDeleteUser", UserPoolId=world.pool_id, Username="alice")
    refusal = world.refusal("AssociateSoftwareToken", AccessToken=token)
    assert refusal == ("NotAuthorizedException", "Access Token has been revoked")


@pytest.mark.django_db(transaction=True)
def test_of_fifty_verifications_at_once_one_counts(world: World, token: str) -> None:
    secret = world("AssociateSoftwareToken", AccessToken=token)["SecretCode"]
    request = {"AccessToken": token, "UserCode": app_code(world, secret)}
    results = race(50, lambda: world("VerifySoftwareToken", **request))
    assert sum(not isinstance(result, Refused) for result in results) == 1


def test_an_admin_deletes_the_app_of_who_has_lost_it(world: World) -> None:
    asked = start(world)
    secret, session = associate(world, asked["Session"])
    finish(world, asked, verify(world, session, secret))
    for _ in range(2):
        world("AdminDeleteSoftwareToken", UserPoolId=world.pool_id, Username="alice")
    assert "UserMFASettingList" not in user(world)
    assert "PreferredMfaSetting" not in user(world)
    again = at_setup(world)
    assert associate(world, again["Session"])[0] != secret
    assert world.refusal("AdminDeleteSoftwareToken", UserPoolId=world.pool_id, Username="nobody") == (
        "UserNotFoundException",
        "User does not exist.",
    )


def test_the_right_password_is_still_needed(world: World) -> None:
    require(world, "ON", TOKEN)
    refusal = world.refusal("InitiateAuth", **world.password_request("alice", PASSWORD + "x"))
    assert refusal == ("NotAuthorizedException", "Incorrect username or password.")


# -- Somebody who knows the password only, and waits ------------------------------------------------------------------
def has_app_by_now(world: World, waiting: dict[str, Any]) -> None:
    """The owner sets an app up, in a sign-in of their own."""
    secret, session = associate(world, waiting["Session"])
    assert finish(world, waiting, verify(world, session, secret))["AuthenticationResult"]
    assert begin(world)["ChallengeName"] == TOKEN


def has_telephone_by_now(world: World, waiting: dict[str, Any]) -> None:
    """An administrator enters one."""
    give(world, "phone_number")
    assert begin(world)["ChallengeName"] == "SMS_MFA"


@pytest.mark.parametrize(
    ("factors", "protect"),
    [((TOKEN, EMAIL), has_app_by_now), (("SMS_MFA", EMAIL), has_telephone_by_now)],
    ids=["app", "telephone"],
)
@pytest.mark.parametrize("waits_for", ["address", "code"])
def test_t052_an_address_does_not_come_in_beside_a_factor_that_is_there_by_now(
    world: World, factors: tuple[str, ...], protect: Any, waits_for: str
) -> None:
    mallory, alice = start(world, *factors), at_setup(world)
    if waits_for == "address":
        protect(world, alice)
        assert refused(world, mallory, EMAIL="mallory@example.com") == INVALID_SESSION
    else:
        follows = respond(world, mallory, EMAIL="mallory@example.com")
        code = sent_code(world)
        protect(world, alice)
        assert refused(world, follows, EMAIL_OTP_CODE=code) == INVALID_SESSION
    assert "mallory" not in str(user(world)["UserAttributes"])


def replaced(world: World) -> None:
    world.set_password("alice", "Another-Horse-8!")


def test_t055_no_app_is_planted_by_an_old_password(world: World) -> None:
    before_offer, before_proof = start(world, TOKEN), at_setup(world)
    secret, session = associate(world, before_proof["Session"])
    replaced(world)
    assert world.refusal("AssociateSoftwareToken", Session=before_offer["Session"]) == INVALID_SESSION
    request = {"Session": session, "UserCode": app_code(world, secret)}
    assert world.refusal("VerifySoftwareToken", **request) == INVALID_SESSION
    assert begin(world, password="Another-Horse-8!")["ChallengeName"] == "MFA_SETUP", "alice sets up her own"


def test_t055_no_code_goes_to_an_address_by_an_old_password(world: World) -> None:
    mallory = start(world, EMAIL)
    replaced(world)
    assert refused(world, mallory, EMAIL="mallory@example.com") == INVALID_SESSION
    assert world.sent == []


def test_t060_a_new_seed_is_no_new_life(world: World) -> None:
    session = start(world, TOKEN)["Session"]
    for _ in range(2):
        world.clock.forward(minutes=1)
        _, session = associate(world, session)
    world.clock.forward(minutes=1.1)
    expired = ("NotAuthorizedException", "Invalid session for the user, session is expired.")
    assert world.refusal("AssociateSoftwareToken", Session=session) == expired
