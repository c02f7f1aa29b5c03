"""Sign-in codes by e-mail and text message: EMAIL_OTP, SMS_OTP and SMS_MFA."""

from collections import Counter
from typing import Any

import pytest

from flows.pool import identifiers, wire
from flows.pool.models import AuthSession, SendCount
from tests.pool.conftest import PASSWORD, World
from tests.pool.test_user_auth import policies
from tests.race import Refused, race

EMAIL = "alice@example.com"
PHONE = "+15551234567"
MISMATCH = ("CodeMismatchException", "Invalid code or auth state for the user.")
EXCEEDED = ("NotAuthorizedException", "Password attempts exceeded")
TOO_MANY = ("TooManyRequestsException", "Attempt limit exceeded, please try after some time.")
DEAD = ("NotAuthorizedException", "Invalid session for the user.")
USED = ("NotAuthorizedException", "Invalid session for the user, session can only be used once.")
EXPIRED = ("NotAuthorizedException", "Invalid session for the user, session is expired.")
FIRST_FACTORS = pytest.mark.parametrize("factor", ["EMAIL_OTP", "SMS_OTP"])
NAMES = pytest.mark.parametrize("name", ["alice", "nobody"])


@pytest.fixture
def otp(world: World) -> World:
    """alice with an e-mail address and a telephone, in a pool that sends codes to both."""
    world("UpdateUserPool", UserPoolId=world.pool_id, Policies=policies("PASSWORD", "EMAIL_OTP", "SMS_OTP"))
    world.client_id = world.add_client(
        ExplicitAuthFlows=["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"], PreventUserExistenceErrors="ENABLED"
    )
    set_attributes(world, email=EMAIL, phone_number=PHONE)
    return world


def set_attributes(world: World, name: str = "alice", **attributes: str) -> None:
    pairs = [{"Name": key, "Value": value} for key, value in attributes.items()]
    world("AdminUpdateUserAttributes", UserPoolId=world.pool_id, Username=name, UserAttributes=pairs)


def attributes_of(world: World, name: str = "alice") -> dict[str, str]:
    user = world("AdminGetUser", UserPoolId=world.pool_id, Username=name)
    return {pair["Name"]: pair["Value"] for pair in user["UserAttributes"]}


def status_of(world: World, name: str = "alice") -> str:
    return str(world("AdminGetUser", UserPoolId=world.pool_id, Username=name)["UserStatus"])


def request(world: World, factor: str, name: str = "alice") -> dict[str, Any]:
    parameters = {"USERNAME": name, "PREFERRED_CHALLENGE": factor}
    return {"ClientId": world.client_id, "AuthFlow": "USER_AUTH", "AuthParameters": parameters}


def begin(world: World, factor: str = "EMAIL_OTP", name: str = "alice") -> dict[str, Any]:
    asked = world("InitiateAuth", **request(world, factor, name))
    assert asked["ChallengeName"] == factor
    return asked


def answer(world: World, asked: dict[str, Any], code: str, name: str = "alice", **members: Any) -> dict[str, Any]:
    challenge = asked["ChallengeName"]
    return {
        "ClientId": world.client_id,
        "ChallengeName": challenge,
        "Session": asked["Session"],
        "ChallengeResponses": {"USERNAME": name, f"{challenge}_CODE": code},
    } | members


def offered(world: World, name: str) -> list[str]:
    parameters = {"AuthParameters": {"USERNAME": name}}
    return list(world("InitiateAuth", **request(world, "", name) | parameters)["AvailableChallenges"])


def give(world: World, asked: dict[str, Any], code: str, name: str = "alice") -> dict[str, Any]:
    return world("RespondToAuthChallenge", **answer(world, asked, code, name))


def refused(world: World, asked: dict[str, Any], code: str, name: str = "alice") -> tuple[str, str]:
    return world.refusal("RespondToAuthChallenge", **answer(world, asked, code, name))


def wrong(code: str) -> str:
    return code[:-1] + str((int(code[-1]) + 1) % 10)


# -- First factor ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("factor", "medium", "address", "masked", "digits"),
    [("EMAIL_OTP", "email", EMAIL, "a***@e***", 8), ("SMS_OTP", "sms", PHONE, "+*******4567", 6)],
)
def test_a_code_signs_in(otp: World, factor: str, medium: str, address: str, masked: str, digits: int) -> None:
    asked = begin(otp, factor)
    assert asked["ChallengeParameters"] == {
        "CODE_DELIVERY_DELIVERY_MEDIUM": medium.upper(),
        "CODE_DELIVERY_DESTINATION": masked,
    }
    [message] = otp.sent
    assert (message.medium, message.destination, message.purpose) == (medium, address, "Authentication")
    assert message.text == f"Your authentication code is {message.code}."
    assert len(message.code) == digits
    assert message.code.isdecimal()
    assert give(otp, asked, message.code)["AuthenticationResult"]["AccessToken"]


@FIRST_FACTORS
def test_a_code_proves_the_address(otp: World, factor: str) -> None:
    flag = {"EMAIL_OTP": "email_verified", "SMS_OTP": "phone_number_verified"}[factor]
    assert attributes_of(otp)[flag] == "false"
    asked = begin(otp, factor)
    assert attributes_of(otp)[flag] == "false"
    give(otp, asked, otp.sent[-1].code)
    assert attributes_of(otp)[flag] == "true"


def test_a_code_confirms_whoever_signed_up(otp: World) -> None:
    sign_up = {"Username": "bob", "UserAttributes": [{"Name": "email", "Value": "bob@example.com"}]}
    otp("SignUp", ClientId=otp.client_id, Password=PASSWORD, **sign_up)
    asked = begin(otp, name="bob")
    assert give(otp, asked, otp.sent[-1].code, "bob")["AuthenticationResult"]
    assert status_of(otp, "bob") == "CONFIRMED"


def test_who_has_lost_the_address_does_not_come_in_by_it(otp: World) -> None:
    asked = begin(otp)
    set_attributes(otp, email="alice@example.org")
    assert refused(otp, asked, otp.sent[-1].code) == DEAD
    assert attributes_of(otp)["email_verified"] == "false"


def test_an_address_that_signs_somebody_else_in_stays_unverified(world: World) -> None:
    created = world("CreateUserPool", PoolName="aliases", AliasAttributes=["email"], Policies=policies("EMAIL_OTP"))
    world.pool_id = created["UserPool"]["Id"]
    world.client_id = world.add_client(ExplicitAuthFlows=["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])
    for name, verified in (("alice", "true"), ("bob", "false")):
        world.add_user(name)
        set_attributes(world, name, email=EMAIL, email_verified=verified)
    asked = begin(world, name="bob")
    assert give(world, asked, world.sent[-1].code, "bob")["AuthenticationResult"]
    assert attributes_of(world, "bob")["email_verified"] == "false"
    assert attributes_of(world, "alice")["email_verified"] == "true"


def test_a_disabled_user_is_told_after_the_right_code(otp: World) -> None:
    asked = begin(otp)
    otp("AdminDisableUser", UserPoolId=otp.pool_id, Username="alice")
    assert refused(otp, asked, otp.sent[-1].code) == ("NotAuthorizedException", "User is disabled.")


def test_texts_of_the_pool(otp: World) -> None:
    otp(
        "SetUserPoolMfaConfig",
        UserPoolId=otp.pool_id,
        SmsMfaConfiguration={
            "SmsAuthenticationMessage": "{####} is for you",
            "SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::000000000000:role/sms"},
        },
        MfaConfiguration="OPTIONAL",
    )
    begin(otp, "SMS_OTP")
    assert otp.sent[-1].text == f"{otp.sent[-1].code} is for you"


# -- Second factor -----------------------------------------------------------------------------------------------
SECOND_FACTORS = pytest.mark.parametrize("factor", ["SMS_MFA", "EMAIL_OTP"])


@pytest.fixture
def two(world: World, factor: str) -> World:
    """alice, of whom a code is due after her password."""
    pool = world(
        "CreateUserPool",
        PoolName="two factors",
        UserPoolTier="ESSENTIALS",
        EmailConfiguration={
            "EmailSendingAccount": "DEVELOPER",
            "SourceArn": "arn:aws:ses:us-east-1:000000000000:identity/x@example.com",
        },
    )
    world.pool_id = pool["UserPool"]["Id"]
    world(
        "SetUserPoolMfaConfig",
        UserPoolId=world.pool_id,
        MfaConfiguration="OPTIONAL",
        EmailMfaConfiguration={"Message": "Second {####}", "Subject": "Second code"},
        SmsMfaConfiguration={
            "SmsAuthenticationMessage": "Second {####}",
            "SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::000000000000:role/sms"},
        },
    )
    world.client_id = world.add_client(PreventUserExistenceErrors="ENABLED")
    world.add_user("alice")
    set_attributes(world, email=EMAIL, phone_number=PHONE)
    block = {"SMS_MFA": "SMSMfaSettings", "EMAIL_OTP": "EmailMfaSettings"}[factor]
    chosen = {block: {"Enabled": True, "PreferredMfa": True}}
    world("AdminSetUserMFAPreference", UserPoolId=world.pool_id, Username="alice", **chosen)
    return world


def after_password(world: World) -> dict[str, Any]:
    return world("InitiateAuth", **world.password_request("alice", PASSWORD))


@SECOND_FACTORS
def test_a_code_after_the_password(two: World, factor: str) -> None:
    asked = after_password(two)
    medium, masked = {"SMS_MFA": ("SMS", "+*******4567"), "EMAIL_OTP": ("EMAIL", "a***@e***")}[factor]
    assert asked["ChallengeName"] == factor
    assert "AvailableChallenges" not in asked
    assert asked["ChallengeParameters"] == {
        "CODE_DELIVERY_DELIVERY_MEDIUM": medium,
        "CODE_DELIVERY_DESTINATION": masked,
        "USER_ID_FOR_SRP": "alice",
    }
    [message] = two.sent
    assert len(message.code) == 6
    assert message.text == f"Second {message.code}"
    assert message.subject == "Second code"
    assert refused(two, asked, wrong(message.code)) == MISMATCH
    assert give(two, asked, message.code)["AuthenticationResult"]["AccessToken"]
    flag = {"SMS_MFA": "phone_number_verified", "EMAIL_OTP": "email_verified"}[factor]
    assert attributes_of(two)[flag] == "true"


@SECOND_FACTORS
def test_t043_right_passwords_between_do_not_forget_wrong_codes(two: World, factor: str) -> None:
    for _ in range(5):
        assert refused(two, after_password(two), "x") == MISMATCH
    assert two.refusal("InitiateAuth", **two.password_request("alice", PASSWORD)) == TOO_MANY
    two.clock.forward(hours=1)
    asked = after_password(two)
    for _ in range(5):
        assert refused(two, asked, "x") == MISMATCH
    assert refused(two, asked, two.sent[-1].code) == EXCEEDED


@SECOND_FACTORS
def test_t041_a_message_too_many_leaves_the_attempt_as_it_was(two: World, factor: str) -> None:
    for _ in range(5):
        after_password(two)
    challenge, answer = two.srp_challenge("alice", PASSWORD)
    assert challenge["ChallengeName"] == "PASSWORD_VERIFIER"
    assert two.refusal("RespondToAuthChallenge", **answer) == TOO_MANY
    assert len(two.sent) == 5


@pytest.mark.django_db(transaction=True)
@SECOND_FACTORS
def test_t039_fifty_second_factors_at_once_sign_in_once(two: World, factor: str) -> None:
    response = answer(two, after_password(two), two.sent[-1].code)
    results = race(50, lambda: two("RespondToAuthChallenge", **response))
    assert len([each for each in results if not isinstance(each, Refused)]) == 1


# -- Guessing ----------------------------------------------------------------------------------------------------
@NAMES
def test_t042_a_session_stands_six_tries_and_not_the_right_code_after_them(otp: World, name: str) -> None:
    asked = begin(otp, name=name)
    code = otp.sent[-1].code if name == "alice" else "00000000"
    for _ in range(6):
        assert refused(otp, asked, wrong(code), name) == MISMATCH
        otp.clock.forward(seconds=2)
    assert refused(otp, asked, code, name) == DEAD


@NAMES
def test_t043_a_user_stands_five_wrong_codes_over_all_sessions(otp: World, name: str) -> None:
    for _ in range(5):
        asked = begin(otp, name=name)
        assert refused(otp, asked, "00000000", name) == MISMATCH
    assert refused(otp, asked, "00000000", name) == EXCEEDED
    otp.clock.forward(seconds=1)
    assert refused(otp, asked, "00000000", name) == MISMATCH


def test_t043_a_right_code_is_refused_while_locked_and_starts_again(otp: World) -> None:
    asked = begin(otp)
    for _ in range(5):
        assert refused(otp, asked, wrong(otp.sent[0].code)) == MISMATCH
    again = begin(otp)
    assert refused(otp, again, otp.sent[-1].code) == EXCEEDED
    otp.clock.forward(seconds=1)
    assert give(otp, again, otp.sent[-1].code)["AuthenticationResult"]
    assert refused(otp, begin(otp), "00000000") == MISMATCH


def test_t043_guessed_codes_do_not_lock_the_password(otp: World) -> None:
    asked = begin(otp)
    for _ in range(5):
        refused(otp, asked, wrong(otp.sent[0].code))
    otp("UpdateUserPoolClient", UserPoolId=otp.pool_id, ClientId=otp.client_id)
    parameters = {"USERNAME": "alice", "PASSWORD": PASSWORD}
    client = otp.add_client()
    assert otp("InitiateAuth", ClientId=client, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=parameters)[
        "AuthenticationResult"
    ]


@pytest.mark.parametrize(
    "spelt",
    [
        lambda code: code.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}),  # full-width
        lambda code: code.translate({ord(str(digit)): chr(0x0660 + digit) for digit in range(10)}),  # Arabic-Indic
        lambda code: f"{code[:4]} {code[4:]}",
        lambda code: f"{code[:4]}-{code[4:]}",
        lambda code: code[:-1],
        lambda code: f"0{code}",
        lambda code: f"{code}\n",
        lambda code: f'["{code}"]',
        lambda code: code * 1250,
        lambda code: "\ud800",
    ],
)
def test_t048_only_the_ascii_digits_that_were_sent_count(otp: World, spelt: Any) -> None:
    asked = begin(otp)
    assert refused(otp, asked, spelt(otp.sent[-1].code))[0] in ("CodeMismatchException", "SerializationException")


def test_an_answer_without_a_code(otp: World) -> None:
    told = ("InvalidParameterException", "Missing required parameter EMAIL_OTP_CODE")
    assert refused(otp, begin(otp), "") == told


# -- Once, now, here ---------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_t039_fifty_redemptions_at_once_sign_in_once(otp: World) -> None:
    asked = begin(otp)
    response = answer(otp, asked, otp.sent[-1].code)
    results = race(50, lambda: otp("RespondToAuthChallenge", **response))
    assert len([each for each in results if not isinstance(each, Refused)]) == 1
    assert {str(each) for each in results if isinstance(each, Refused)} <= {": ".join(USED), ": ".join(DEAD)}


@pytest.mark.django_db(transaction=True)
def test_t042_fifty_guesses_at_once_are_no_more_than_a_session_stands(otp: World) -> None:
    response = answer(otp, begin(otp), wrong(otp.sent[-1].code))
    results = Counter(str(each) for each in race(50, lambda: otp("RespondToAuthChallenge", **response)))
    assert 1 <= results[": ".join(MISMATCH)] <= 5
    assert results[": ".join(MISMATCH)] + results[": ".join(EXCEEDED)] == 6
    assert results[": ".join(DEAD)] == 44


def test_t040_a_code_works_once(otp: World) -> None:
    asked = begin(otp)
    give(otp, asked, otp.sent[-1].code)
    assert refused(otp, asked, otp.sent[-1].code) == USED


def test_t040_the_code_of_an_earlier_message(otp: World) -> None:
    begin(otp)
    again = begin(otp)
    assert refused(otp, again, otp.sent[0].code) == MISMATCH
    assert give(otp, again, otp.sent[1].code)["AuthenticationResult"]


def test_t044_a_code_is_good_for_its_own_session_only(otp: World) -> None:
    """Another Session of the same user, another medium, another user."""
    otp.add_user("bob")
    set_attributes(otp, "bob", email="bob@example.com", phone_number="+15557654321")
    asked = {
        (name, factor): begin(otp, factor, name) for name in ("alice", "bob") for factor in ("EMAIL_OTP", "SMS_OTP")
    }
    codes = dict(zip(asked, [message.code for message in otp.sent], strict=True))
    for at, session in asked.items():
        for of, code in codes.items():
            if of != at:
                assert refused(otp, session, code, at[0]) == MISMATCH
        assert give(otp, session, codes[at], at[0])["AuthenticationResult"]


@pytest.mark.parametrize("minutes", [3, 15])
def test_t045_a_code_lives_as_long_as_its_session(otp: World, minutes: int) -> None:
    otp.client_id = otp.add_client(
        ExplicitAuthFlows=["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"], AuthSessionValidity=minutes
    )
    in_time, late = begin(otp), begin(otp)
    otp.clock.forward(minutes=minutes, seconds=-1)
    assert give(otp, in_time, otp.sent[0].code)["AuthenticationResult"]
    otp.clock.forward(seconds=2)
    assert refused(otp, late, otp.sent[1].code) == EXPIRED


def test_t046_the_database_tells_no_code(otp: World) -> None:
    begin(otp)
    code = otp.sent[-1].code.encode()
    assert all(code not in bytes(row.sealed_attempt) for row in AuthSession.objects.all())


def test_t047_every_digit_is_as_likely_and_zeros_are_kept() -> None:
    """Chi-square of 10^5 digits by place: with nine degrees of freedom beyond 45 once in a million runs."""
    tools = wire.default_tools()
    codes = [identifiers.digits(8, tools=tools) for _ in range(12_500)]
    assert {len(code) for code in codes} == {8}
    assert any(code.startswith("0") for code in codes)
    for place in range(8):
        counts = Counter(code[place] for code in codes)
        expected = len(codes) / 10
        assert sum((counts[digit] - expected) ** 2 / expected for digit in "0123456789") < 45


def test_t049_a_code_stands_in_no_answer_and_no_log(otp: World, caplog: pytest.LogCaptureFixture) -> None:
    asked = begin(otp)
    code = otp.sent[-1].code
    assert code not in str(asked)
    with caplog.at_level("DEBUG", logger="flows"):
        refused(otp, asked, wrong(code))
        assert code not in str(give(otp, asked, code))
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("flows")]
    assert len(ours) == 1, "the refusal"
    assert wrong(code) not in ours[0]
    assert code not in repr(otp.sent[-1])


# -- Messages ----------------------------------------------------------------------------------------------------
@NAMES
@FIRST_FACTORS
def test_t041_five_unanswered_messages_an_hour(otp: World, name: str, factor: str) -> None:
    """Whoever does not exist is refused as early as somebody who does."""
    name = next(each for each in (name, *(f"{name}{number}" for number in range(50))) if factor in offered(otp, each))
    for _ in range(5):
        begin(otp, factor, name)
    sent = len(otp.sent)
    assert otp.refusal("InitiateAuth", **request(otp, factor, name)) == TOO_MANY
    assert otp.refusal("InitiateAuth", **request(otp, factor, name.upper())) == TOO_MANY
    assert len(otp.sent) == sent
    otp.clock.forward(hours=1)
    begin(otp, factor, name)


def test_t041_media_are_counted_apart(otp: World) -> None:
    for _ in range(5):
        begin(otp, "EMAIL_OTP")
    begin(otp, "SMS_OTP")


def test_t041_a_right_code_starts_again(otp: World) -> None:
    for _ in range(5):
        asked = begin(otp)
    give(otp, asked, otp.sent[-1].code)
    begin(otp)


@pytest.mark.django_db(transaction=True)
def test_t041_fifty_requests_at_once_send_five_messages(otp: World) -> None:
    results = race(50, lambda: otp("InitiateAuth", **request(otp, "EMAIL_OTP")))
    assert len(otp.sent) == 5
    assert results.count(Refused(": ".join(TOO_MANY))) == 45


# -- Whoever does not exist --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "masked"), [("nobody@example.org", "n***@e***"), ("carol", "c***@"), ("Ωmega", "***@")]
)
def test_t021_a_plausible_destination_always_the_same(otp: World, typed: str, masked: str) -> None:
    first, second = (begin(otp, name=typed)["ChallengeParameters"] for _ in range(2))
    assert first == second
    assert masked in first["CODE_DELIVERY_DESTINATION"]
    assert len(first["CODE_DELIVERY_DESTINATION"]) == len("a***@e***")
    assert not otp.sent


def test_t021_somebody_without_the_address_is_asked_like_nobody(otp: World) -> None:
    otp("UpdateUserPool", UserPoolId=otp.pool_id, Policies=policies("EMAIL_OTP"))
    otp("AdminDeleteUserAttributes", UserPoolId=otp.pool_id, Username="alice", UserAttributeNames=["email"])
    told, nobody = (begin(otp, name=name) for name in ("alice", "nobody"))
    assert told["ChallengeParameters"].keys() == nobody["ChallengeParameters"].keys()
    assert told["AvailableChallenges"] == nobody["AvailableChallenges"]
    assert not otp.sent
    assert SendCount.objects.count() == 2
    for name, asked in (("alice", told), ("nobody", nobody)):
        assert refused(otp, asked, "00000000", name) == MISMATCH
