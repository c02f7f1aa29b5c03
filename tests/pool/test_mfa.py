"""Which second factor is asked: section 3.5 of the protocol notes, row by row, and what a first factor may be then."""

import json
from typing import Any

import pytest

from tests.pool import mfa
from tests.pool.conftest import PASSWORD, World
from tests.pool.mfa import answer, begin, give, refused, require, respond, sent_code

TOKEN, EMAIL, SMS = "SOFTWARE_TOKEN_MFA", "EMAIL_OTP", "SMS_MFA"
ALL = (TOKEN, EMAIL, SMS)
INVALID_SESSION = ("NotAuthorizedException", "Invalid session for the user.")


def recover_by(world: World, *names: str) -> None:
    """AccountRecoverySetting, first one first. The next UpdateUserPool takes it back."""
    mechanisms = [{"Name": name, "Priority": place} for place, name in enumerate(names, start=1)]
    world(
        "UpdateUserPool",
        UserPoolId=world.pool_id,
        AccountRecoverySetting={"RecoveryMechanisms": mechanisms},
        EmailConfiguration={"EmailSendingAccount": "DEVELOPER", "SourceArn": "arn:aws:ses:us-east-1:0:identity/x"},
        SmsConfiguration=mfa.SMS["SmsConfiguration"],
    )


def asked(world: World) -> str:
    """What follows alice's password: a challenge's name, or ``tokens``."""
    return str(begin(world).get("ChallengeName", "tokens"))


def choices(world: World) -> list[str]:
    found = begin(world)
    assert found["ChallengeName"] == "SELECT_MFA_TYPE"
    return list(json.loads(found["ChallengeParameters"]["MFAS_CAN_CHOOSE"]))


# -- OFF and OPTIONAL ----------------------------------------------------------------------------------------------
def test_off_asks_nothing(world: World) -> None:
    require(world, "OPTIONAL", *ALL)
    give(world, "email")
    mfa.set_up_app(world, Enabled=True, PreferredMfa=True)
    world("SetUserPoolMfaConfig", UserPoolId=world.pool_id, MfaConfiguration="OFF")
    assert asked(world) == "tokens"


def test_optional_asks_nothing_of_who_has_turned_nothing_on(world: World) -> None:
    require(world, "OPTIONAL", *ALL)
    give(world, "email")
    give(world, "phone_number")
    mfa.set_up_app(world)
    assert asked(world) == "tokens", "verifying an app does not turn it on"


@pytest.mark.parametrize("factor", ALL)
def test_optional_asks_the_only_one(world: World, factor: str) -> None:
    require(world, "OPTIONAL", *ALL)
    give(world, "email")
    give(world, "phone_number")
    mfa.set_up_app(world)
    mfa.prefer(world, factor, Enabled=True)
    assert asked(world) == factor


@pytest.mark.parametrize("mode", ["OPTIONAL", "ON"])
def test_several_and_none_preferred_is_the_users_choice(world: World, mode: str) -> None:
    _have_all(world, mode)
    assert choices(world) == [SMS, TOKEN, EMAIL]


@pytest.mark.parametrize("mode", ["OPTIONAL", "ON"])
@pytest.mark.parametrize("factor", ALL)
def test_several_and_one_preferred(world: World, mode: str, factor: str) -> None:
    _have_all(world, mode)
    mfa.prefer(world, factor, Enabled=True, PreferredMfa=True)
    assert asked(world) == factor


def _have_all(world: World, mode: str) -> None:
    require(world, "OPTIONAL", *ALL)
    give(world, "email")
    give(world, "phone_number")
    mfa.set_up_app(world)
    for factor in ALL:
        mfa.prefer(world, factor, Enabled=True)
    require(world, mode, *ALL)


# -- ON ------------------------------------------------------------------------------------------------------------
def test_on_with_an_app_and_nothing_else(world: World) -> None:
    require(world, "OPTIONAL", *ALL)
    mfa.set_up_app(world)
    require(world, "ON", *ALL)
    assert asked(world) == TOKEN


def test_on_with_an_app_and_an_address(world: World) -> None:
    require(world, "OPTIONAL", *ALL)
    give(world, "email")
    mfa.set_up_app(world)
    require(world, "ON", *ALL)
    assert choices(world) == [TOKEN, EMAIL]


@pytest.mark.parametrize(("attribute", "factor"), [("email", EMAIL), ("phone_number", SMS)])
@pytest.mark.parametrize("verified", [True, False])
def test_on_with_one_address(world: World, attribute: str, factor: str, verified: bool) -> None:
    """An address that nobody has proved will do, and is proved by it."""
    give(world, attribute, verified=verified)
    require(world, "ON", EMAIL, SMS)
    found = begin(world)
    assert found["ChallengeName"] == factor
    assert respond(world, found, **{mfa.ANSWER[factor]: sent_code(world)})["AuthenticationResult"]
    attributes = world("AdminGetUser", UserPoolId=world.pool_id, Username="alice")["UserAttributes"]
    assert {"Name": f"{attribute}_verified", "Value": "true"} in attributes


def test_on_with_two_addresses(world: World) -> None:
    give(world, "email")
    give(world, "phone_number")
    require(world, "ON", EMAIL, SMS)
    assert choices(world) == [SMS, EMAIL]


def test_an_address_where_passwords_are_recovered_is_no_second_factor(world: World) -> None:
    give(world, "email")
    give(world, "phone_number")
    require(world, "ON", EMAIL, SMS)
    recover_by(world, "verified_email", "verified_phone_number")
    assert asked(world) == SMS
    recover_by(world, "verified_phone_number", "verified_email")
    assert asked(world) == EMAIL
    recover_by(world, "admin_only")
    assert choices(world) == [SMS, EMAIL]


def test_but_it_is_when_the_user_prefers_it(world: World) -> None:
    give(world, "email")
    give(world, "phone_number")
    require(world, "ON", EMAIL, SMS)
    recover_by(world, "verified_email", "verified_phone_number")
    mfa.prefer(world, EMAIL, Enabled=True, PreferredMfa=True)
    assert asked(world) == EMAIL


def test_on_where_only_the_recovery_address_is_left(world: World) -> None:
    give(world, "email")
    require(world, "ON", EMAIL, SMS)
    recover_by(world, "verified_email", "verified_phone_number")
    refusal = world.refusal("InitiateAuth", **world.password_request("alice", PASSWORD))
    assert refusal[0] == "InvalidParameterException"
    require(world, "ON", TOKEN, EMAIL)
    recover_by(world, "verified_email", "verified_phone_number")
    assert asked(world) == "MFA_SETUP"


def test_email_alone_cannot_both_recover_and_be_the_second_factor(world: World) -> None:
    mechanisms = [{"Name": "verified_email", "Priority": 1}]
    sending = {"EmailSendingAccount": "DEVELOPER", "SourceArn": "arn:aws:ses:us-east-1:0:identity/x"}
    update = {
        "UserPoolId": world.pool_id,
        "AccountRecoverySetting": {"RecoveryMechanisms": mechanisms},
        "EmailConfiguration": sending,
    }
    both = {"UserPoolId": world.pool_id, "MfaConfiguration": "OPTIONAL", "EmailMfaConfiguration": mfa.EMAIL}
    world("UpdateUserPool", **update)
    assert world.refusal("SetUserPoolMfaConfig", **both)[0] == "InvalidParameterException"
    world("UpdateUserPool", UserPoolId=world.pool_id, EmailConfiguration=sending)
    world("SetUserPoolMfaConfig", **both)
    assert world.refusal("UpdateUserPool", **update)[0] == "InvalidParameterException"


def test_t054_an_address_that_nobody_has_proved_is_not_offered_beside_something_better(world: World) -> None:
    require(world, "OPTIONAL", *ALL)
    mfa.set_up_app(world)
    give(world, "email")
    give(world, "phone_number", verified=False)
    require(world, "ON", *ALL)
    assert choices(world) == [TOKEN, EMAIL]
    found = begin(world)
    assert refused(world, found, ANSWER=SMS)[0] == "InvalidParameterException"


# -- The choice ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("chosen", "then"), [(TOKEN, TOKEN), (EMAIL, EMAIL), (SMS, SMS), ("EMAIL_MFA", EMAIL)])
def test_the_chosen_factor_is_asked_and_signs_in(world: World, chosen: str, then: str) -> None:
    require(world, "OPTIONAL", *ALL)
    secret = mfa.set_up_app(world)
    give(world, "email")
    give(world, "phone_number")
    require(world, "ON", *ALL)
    found = begin(world)
    follows = respond(world, found, ANSWER=chosen)
    assert follows["ChallengeName"] == then
    assert refused(world, found, ANSWER=chosen)[1].endswith("session can only be used once.")
    code = mfa.next_code(world, secret) if then == TOKEN else sent_code(world)
    assert respond(world, follows, **{mfa.ANSWER[then]: code})["AuthenticationResult"]


def test_t054_a_factor_that_the_user_does_not_have(world: World) -> None:
    give(world, "email")
    require(world, "OPTIONAL", *ALL)
    mfa.set_up_app(world)
    require(world, "ON", *ALL)
    found = begin(world)
    for chosen in (SMS, "WEB_AUTHN", "PASSWORD", "MFA_SETUP", "sms_mfa", ""):
        assert refused(world, found, ANSWER=chosen)[0] == "InvalidParameterException"
    assert refused(world, found)[0] == "InvalidParameterException"
    assert respond(world, found, ANSWER=EMAIL)["ChallengeName"] == EMAIL, "the choice stays open"


def test_t044_a_code_of_one_factor_answers_no_other(world: World) -> None:
    give(world, "email")
    give(world, "phone_number")
    require(world, "ON", EMAIL, SMS)
    by_email = respond(world, begin(world), ANSWER=EMAIL)
    code = sent_code(world)
    by_sms = respond(world, begin(world), ANSWER=SMS)
    assert refused(world, by_sms, SMS_MFA_CODE=code)[0] == "CodeMismatchException"
    assert respond(world, by_email, EMAIL_OTP_CODE=code)["AuthenticationResult"]


# -- T053: before the second factor is given ---------------------------------------------------------------------------
EVERYTHING = {
    "PASSWORD": PASSWORD,
    "ANSWER": "PASSWORD",
    "NEW_PASSWORD": "Another-Horse-9!",
    "SRP_A": "ab" * 384,
    "EMAIL": "mallory@example.com",
    "CREDENTIAL": "{}",
    "DEVICE_KEY": "us-east-1_00000000-0000-0000-0000-000000000000",
    "EMAIL_OTP_CODE": "000000",
    "SMS_MFA_CODE": "000000",
    "SMS_OTP_CODE": "000000",
    "SOFTWARE_TOKEN_MFA_CODE": "000000",
}
CHALLENGES = (
    *("SMS_MFA", "EMAIL_OTP", "SOFTWARE_TOKEN_MFA", "SELECT_MFA_TYPE", "MFA_SETUP", "PASSWORD_VERIFIER"),
    *("SELECT_CHALLENGE", "DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER", "NEW_PASSWORD_REQUIRED", "SMS_OTP"),
    *("PASSWORD", "WEB_AUTHN", "PASSWORD_SRP"),
)


def _wait(world: World, challenge: str) -> dict[str, Any]:
    """A sign-in of alice's that waits with ``challenge``."""
    if challenge == "MFA_SETUP":
        require(world, "ON", TOKEN)
        return begin(world)
    _have_all(world, "ON")
    found = begin(world)
    return found if challenge == "SELECT_MFA_TYPE" else respond(world, found, ANSWER=challenge)


@pytest.mark.parametrize("waiting", ["SELECT_MFA_TYPE", "MFA_SETUP", *ALL])
def test_t053_no_other_challenge_can_be_answered_before_the_second_factor(world: World, waiting: str) -> None:
    found = _wait(world, waiting)
    assert found["ChallengeName"] == waiting
    for challenge in CHALLENGES:
        if challenge != waiting:
            refusal = refused(world, found, as_name=challenge, **EVERYTHING)
            assert refusal == INVALID_SESSION, challenge


@pytest.mark.parametrize("waiting", ["SELECT_MFA_TYPE", "MFA_SETUP", *ALL])
def test_t053_a_session_is_no_access_token(world: World, waiting: str) -> None:
    session = _wait(world, waiting)["Session"]
    for operation, members in (
        ("GetUser", {}),
        ("SetUserMFAPreference", {}),
        ("GetUserAuthFactors", {}),
        ("GlobalSignOut", {}),
        ("AssociateSoftwareToken", {}),
        ("VerifySoftwareToken", {"UserCode": "000000"}),
        ("ChangePassword", {"ProposedPassword": "Another-Horse-9!"}),
        ("DeleteUser", {}),
    ):
        text = session.replace("-", "A").replace("_", "A")
        for token in (text, f"{text}.{text}.{text}"):
            assert world.refusal(operation, AccessToken=token, **members)[0] == "NotAuthorizedException"


@pytest.mark.parametrize("waiting", ["SELECT_MFA_TYPE", *ALL])
def test_t053_only_mfa_setup_lets_an_app_be_set_up(world: World, waiting: str) -> None:
    session = _wait(world, waiting)["Session"]
    assert world.refusal("AssociateSoftwareToken", Session=session) == INVALID_SESSION
    assert world.refusal("VerifySoftwareToken", Session=session, UserCode="000000") == INVALID_SESSION


# -- First factors -------------------------------------------------------------------------------------------------
def _choose(world: World, *factors: str, **members: Any) -> None:
    """A client for USER_AUTH in a pool that allows these first factors."""
    world(
        "UpdateUserPool",
        UserPoolId=world.pool_id,
        Policies={"SignInPolicy": {"AllowedFirstAuthFactors": list(factors)}},
        EmailConfiguration={"EmailSendingAccount": "DEVELOPER", "SourceArn": "arn:aws:ses:us-east-1:0:identity/x"},
        **members,
    )
    world.client_id = world.add_client(
        ExplicitAuthFlows=["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"],
        PreventUserExistenceErrors="ENABLED",
    )


def _offered(world: World) -> list[str]:
    request = {"ClientId": world.client_id, "AuthFlow": "USER_AUTH", "AuthParameters": {"USERNAME": "alice"}}
    return list(world("InitiateAuth", **request)["AvailableChallenges"])


def test_optional_mfa_leaves_passwordless_factors_to_who_has_none(world: World) -> None:
    require(world, "OPTIONAL", *ALL)
    give(world, "email")
    _choose(world, "PASSWORD", "EMAIL_OTP")
    assert _offered(world) == ["PASSWORD_SRP", "PASSWORD", "EMAIL_OTP"]
    mfa.prefer(world, EMAIL, Enabled=True)
    assert _offered(world) == ["PASSWORD_SRP", "PASSWORD"]
    world("SetUserPoolMfaConfig", UserPoolId=world.pool_id, MfaConfiguration="OFF")
    assert _offered(world) == ["PASSWORD_SRP", "PASSWORD", "EMAIL_OTP"]


def test_required_mfa_leaves_passwords_only(world: World) -> None:
    give(world, "email")
    require(world, "ON", *ALL)
    _choose(world, "PASSWORD")
    assert _offered(world) == ["PASSWORD_SRP", "PASSWORD"]


def test_user_auth_by_password_owes_the_second_factor(world: World) -> None:
    require(world, "OPTIONAL", TOKEN)
    _choose(world, "PASSWORD", "EMAIL_OTP")
    secret = mfa.set_up_app(world, Enabled=True, PreferredMfa=True)
    parameters = {"USERNAME": "alice", "PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": PASSWORD}
    found = world("InitiateAuth", ClientId=world.client_id, AuthFlow="USER_AUTH", AuthParameters=parameters)
    assert found["ChallengeName"] == TOKEN
    code = mfa.next_code(world, secret)
    assert respond(world, found, SOFTWARE_TOKEN_MFA_CODE=code)["AuthenticationResult"]


def test_srp_owes_the_second_factor(world: World) -> None:
    require(world, "OPTIONAL", TOKEN)
    secret = mfa.set_up_app(world, Enabled=True, PreferredMfa=True)
    _, proof = world.srp_challenge("alice", PASSWORD)
    found = world("RespondToAuthChallenge", **proof)
    assert found["ChallengeName"] == TOKEN
    code = mfa.next_code(world, secret)
    assert respond(world, found, SOFTWARE_TOKEN_MFA_CODE=code)["AuthenticationResult"]


def test_admins_owe_it_too(world: World) -> None:
    require(world, "OPTIONAL", TOKEN)
    secret = mfa.set_up_app(world, Enabled=True, PreferredMfa=True)
    request = world.password_request("alice", PASSWORD, AuthFlow="ADMIN_USER_PASSWORD_AUTH", UserPoolId=world.pool_id)
    found = world("AdminInitiateAuth", **request)
    assert found["ChallengeName"] == TOKEN
    responses = answer(world, found, SOFTWARE_TOKEN_MFA_CODE=mfa.next_code(world, secret))
    assert world("AdminRespondToAuthChallenge", UserPoolId=world.pool_id, **responses)["AuthenticationResult"]


def test_a_code_by_email_in_first_place_is_no_second_factor(world: World) -> None:
    """MFA turned on while the sign-in was under way."""
    require(world, "OPTIONAL", *ALL)
    give(world, "email")
    mfa.set_up_app(world)
    _choose(world, "PASSWORD", "EMAIL_OTP")
    parameters = {"USERNAME": "alice", "PREFERRED_CHALLENGE": "EMAIL_OTP"}
    found = world("InitiateAuth", ClientId=world.client_id, AuthFlow="USER_AUTH", AuthParameters=parameters)
    mfa.prefer(world, TOKEN, Enabled=True, PreferredMfa=True)
    assert respond(world, found, EMAIL_OTP_CODE=sent_code(world))["ChallengeName"] == TOKEN


def test_a_temporary_password_comes_before_the_second_factor(world: World) -> None:
    require(world, "OPTIONAL", TOKEN)
    secret = mfa.set_up_app(world, Enabled=True, PreferredMfa=True)
    world.set_password("alice", "Temporary-Horse-1!", permanent=False)
    found = begin(world, password="Temporary-Horse-1!")
    assert found["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    follows = respond(world, found, NEW_PASSWORD="Another-Horse-9!")
    assert follows["ChallengeName"] == TOKEN
    code = mfa.next_code(world, secret)
    assert respond(world, follows, SOFTWARE_TOKEN_MFA_CODE=code)["AuthenticationResult"]


def test_a_user_who_is_disabled_meanwhile_is_refused(world: World) -> None:
    require(world, "OPTIONAL", TOKEN)
    secret = mfa.set_up_app(world, Enabled=True, PreferredMfa=True)
    found = begin(world)
    world("AdminDisableUser", UserPoolId=world.pool_id, Username="alice")
    code = mfa.next_code(world, secret)
    assert refused(world, found, SOFTWARE_TOKEN_MFA_CODE=code) == ("NotAuthorizedException", "User is disabled.")
