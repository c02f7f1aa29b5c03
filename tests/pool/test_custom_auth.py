"""CUSTOM_AUTH through the three functions, which are the tests' own: sections 3.2, 6.3, 6.4 of the protocol notes."""

import threading
import time
from typing import Any

import pytest
from pycognito.aws_srp import AWSSRP

from tests.lambda_api import Event, Functions, Raises
from tests.pool import mfa
from tests.pool.conftest import PASSWORD, World
from tests.pool.handset import ALWAYS, Handset, track
from tests.race import race

INCORRECT = ("NotAuthorizedException", "Incorrect username or password.")
UNRECOGNIZABLE = ("InvalidLambdaResponseException", "Unrecognizable lambda output")
USED = ("NotAuthorizedException", "Invalid session for the user, session can only be used once.")


# -- The functions ---------------------------------------------------------------------------------------------
def passes_when(*passed: str, ask: str = "CUSTOM_CHALLENGE") -> Any:
    """DefineAuthChallenge: tokens when exactly these have been passed, no matter what went wrong in between."""

    def define(event: Event) -> Event:
        met = [each["challengeName"] for each in event["request"]["session"] if each["challengeResult"]]
        done = met == list(passed)
        event["response"] |= {"issueTokens": done, "failAuthentication": False}
        if not done:
            event["response"]["challengeName"] = ask
        return event

    return define


def names(*in_turn: str) -> Any:
    """DefineAuthChallenge that goes through a list and then issues tokens."""

    def define(event: Event) -> Event:
        place = len(event["request"]["session"])
        done = place >= len(in_turn)
        event["response"] |= {"issueTokens": done, "failAuthentication": False}
        if not done:
            event["response"]["challengeName"] = in_turn[place]
        return event

    return define


def decides(**response: Any) -> Any:
    def define(event: Event) -> Event:
        event["response"] |= response
        return event

    return define


def captcha(event: Event) -> Event:
    event["response"] = {
        "publicChallengeParameters": {"captchaUrl": "url/123.jpg"},
        "privateChallengeParameters": {"answer": "5"},
        "challengeMetadata": "CAPTCHA_CHALLENGE",
    }
    return event


def compare(event: Event) -> Event:
    request = event["request"]
    event["response"]["answerCorrect"] = request["privateChallengeParameters"]["answer"] == request["challengeAnswer"]
    return event


# -- The flow --------------------------------------------------------------------------------------------------
@pytest.fixture
def custom(world: World, functions: Functions) -> World:
    """A CAPTCHA, asked until it is solved."""
    configure(world, functions)
    world.client_id = world.add_client(
        ExplicitAuthFlows=["ALLOW_CUSTOM_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        PreventUserExistenceErrors="ENABLED",
    )
    return world


def configure(world: World, functions: Functions, **instead: Any) -> None:
    three: dict[str, Any] = {
        "DefineAuthChallenge": passes_when("CUSTOM_CHALLENGE"),
        "CreateAuthChallenge": captcha,
        "VerifyAuthChallengeResponse": compare,
    }
    config = functions.add(**(three | instead))
    world("UpdateUserPool", UserPoolId=world.pool_id, LambdaConfig=config)


def begin(world: World, name: str = "alice", **members: Any) -> dict[str, Any]:
    parameters = {"USERNAME": name} | members.pop("parameters", {})
    request = {"ClientId": world.client_id, "AuthFlow": "CUSTOM_AUTH", "AuthParameters": parameters}
    return world("InitiateAuth", **request | members)


def refused(world: World, name: str = "alice", **members: Any) -> tuple[str, str]:
    request = {"ClientId": world.client_id, "AuthFlow": "CUSTOM_AUTH", "AuthParameters": {"USERNAME": name}}
    return world.refusal("InitiateAuth", **request | members)


def reply(world: World, asked: dict[str, Any], answer: str, name: str = "alice", **members: Any) -> dict[str, Any]:
    return {
        "ClientId": world.client_id,
        "ChallengeName": "CUSTOM_CHALLENGE",
        "Session": asked["Session"],
        "ChallengeResponses": {"USERNAME": name, "ANSWER": answer},
    } | members


def respond(world: World, asked: dict[str, Any], answer: str, **members: Any) -> dict[str, Any]:
    return world("RespondToAuthChallenge", **reply(world, asked, answer, **members))


def srp(world: World, name: str = "alice", password: str = PASSWORD) -> tuple[AWSSRP, dict[str, str]]:
    """pycognito's arithmetic, and the AuthParameters of CUSTOM_WITH_SRP."""
    client = AWSSRP(username=name, password=password, pool_id=world.pool_id, client_id=world.client_id, client=object())
    return client, {**client.get_auth_params(), "CHALLENGE_NAME": "SRP_A"}


def prove(world: World, client: AWSSRP, asked: dict[str, Any]) -> dict[str, Any]:
    name = asked["ChallengeParameters"]["USERNAME"]
    return {
        "ClientId": world.client_id,
        "ChallengeName": "PASSWORD_VERIFIER",
        "Session": asked["Session"],
        "ChallengeResponses": client.process_challenge(asked["ChallengeParameters"], {"USERNAME": name}),
    }


# -- Without SRP -----------------------------------------------------------------------------------------------
def test_the_example_of_the_guide(custom: World, functions: Functions) -> None:
    asked = begin(custom)
    assert asked["ChallengeName"] == "CUSTOM_CHALLENGE"
    assert asked["ChallengeParameters"] == {"captchaUrl": "url/123.jpg", "USERNAME": "alice"}
    assert respond(custom, asked, "5")["AuthenticationResult"]["RefreshToken"]
    assert functions.sources == [
        "DefineAuthChallenge_Authentication",
        "CreateAuthChallenge_Authentication",
        "VerifyAuthChallengeResponse_Authentication",
        "DefineAuthChallenge_Authentication",
    ]


def test_the_events_are_cognitos(custom: World, functions: Functions) -> None:
    user = custom("AdminGetUser", UserPoolId=custom.pool_id, Username="alice")
    attributes = {each["Name"]: each["Value"] for each in user["UserAttributes"]}
    about = {"userAttributes": attributes | {"cognito:user_status": "CONFIRMED"}, "userNotFound": False}
    envelope = {
        "version": "1",
        "region": "us-east-1",
        "userPoolId": custom.pool_id,
        "userName": "alice",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": custom.client_id},
    }
    asked = begin(custom, ClientMetadata={"from": "start"})
    respond(custom, asked, "5", ClientMetadata={"from": "answer"})
    first, create, verify, second = functions.events
    nothing = {"challengeName": None, "issueTokens": None, "failAuthentication": None}
    start, answer = {**about, "clientMetadata": {}}, {**about, "clientMetadata": {"from": "answer"}}
    assert first == {
        **envelope,
        "triggerSource": "DefineAuthChallenge_Authentication",
        "request": {**start, "session": []},
        "response": nothing,
    }
    assert create == {
        **envelope,
        "triggerSource": "CreateAuthChallenge_Authentication",
        "request": {**start, "challengeName": "CUSTOM_CHALLENGE", "session": []},
        "response": {
            "publicChallengeParameters": None,
            "privateChallengeParameters": None,
            "challengeMetadata": None,
        },
    }
    assert verify == {
        **envelope,
        "triggerSource": "VerifyAuthChallengeResponse_Authentication",
        "request": {**answer, "privateChallengeParameters": {"answer": "5"}, "challengeAnswer": "5"},
        "response": {"answerCorrect": None},
    }
    entry = {
        "challengeName": "CUSTOM_CHALLENGE",
        "challengeResult": True,
        "challengeMetadata": "CAPTCHA_CHALLENGE",
    }
    assert second["request"] == {**answer, "session": [entry]}


def test_a_wrong_answer_is_for_the_function_to_judge(custom: World, functions: Functions) -> None:
    again = respond(custom, begin(custom), "4")
    assert again["ChallengeName"] == "CUSTOM_CHALLENGE"
    assert respond(custom, again, "5")["AuthenticationResult"]
    results = [each["challengeResult"] for each in functions.last("Define")["request"]["session"]]
    assert results == [False, True]


def test_the_function_may_give_up(custom: World, functions: Functions) -> None:
    configure(custom, functions, DefineAuthChallenge=names("CUSTOM_CHALLENGE"))
    asked = begin(custom)
    configure(custom, functions, DefineAuthChallenge=decides(failAuthentication=True, issueTokens=False))
    assert custom.refusal("RespondToAuthChallenge", **reply(custom, asked, "4")) == INCORRECT


def test_several_rounds_in_a_row(custom: World, functions: Functions) -> None:
    configure(custom, functions, DefineAuthChallenge=names(*["CUSTOM_CHALLENGE"] * 3))
    asked = begin(custom)
    for _ in range(2):
        asked = respond(custom, asked, "5")
    assert respond(custom, asked, "5")["AuthenticationResult"]


def test_an_administrator_may_begin_it(custom: World, functions: Functions) -> None:
    where = {"UserPoolId": custom.pool_id, "ClientId": custom.client_id}
    asked = custom("AdminInitiateAuth", **where, AuthFlow="CUSTOM_AUTH", AuthParameters={"USERNAME": "alice"})
    answer = reply(custom, asked, "5", UserPoolId=custom.pool_id)
    assert custom("AdminRespondToAuthChallenge", **answer)["AuthenticationResult"]


@pytest.mark.parametrize("missing", ["DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"])
def test_a_pool_without_the_functions(custom: World, functions: Functions, missing: str) -> None:
    config = {name: f"arn:aws:lambda:us-east-1:123456789012:function:{name}" for name in functions.by_name}
    del config[missing]
    asked = begin(custom)
    custom("UpdateUserPool", UserPoolId=custom.pool_id, LambdaConfig=config)
    not_configured = ("InvalidParameterException", "Custom auth lambda trigger is not configured for the user pool.")
    if missing == "VerifyAuthChallengeResponse":
        assert custom.refusal("RespondToAuthChallenge", **reply(custom, asked, "5")) == not_configured
    else:
        assert refused(custom) == not_configured


# -- Nobody ----------------------------------------------------------------------------------------------------
def test_a_name_that_nobody_has_is_asked_alike_and_never_passes(custom: World, functions: Functions) -> None:
    asked = begin(custom, "nobody")
    assert asked["ChallengeParameters"].keys() == begin(custom)["ChallengeParameters"].keys()
    assert functions.events[0]["request"] == {
        "userAttributes": {},
        "clientMetadata": {},
        "userNotFound": True,
        "session": [],
    }
    assert custom.refusal("RespondToAuthChallenge", **reply(custom, asked, "5", "nobody")) == INCORRECT


def test_a_client_that_tells_says_so_before_any_function(custom: World, functions: Functions) -> None:
    custom.client_id = custom.add_client(ExplicitAuthFlows=["ALLOW_CUSTOM_AUTH"])
    assert refused(custom, "nobody") == ("UserNotFoundException", "User does not exist.")
    assert functions.events == []


@pytest.mark.parametrize("state", ["disabled", "unconfirmed"])
def test_tokens_are_for_those_who_may_sign_in(custom: World, state: str) -> None:
    if state == "disabled":
        custom("AdminDisableUser", UserPoolId=custom.pool_id, Username="alice")
        expected = ("NotAuthorizedException", "User is disabled.")
    else:
        custom("SignUp", ClientId=custom.client_id, Username="zoe", Password=PASSWORD)
        expected = ("UserNotConfirmedException", "User is not confirmed.")
    name = "alice" if state == "disabled" else "zoe"
    assert custom.refusal("RespondToAuthChallenge", **reply(custom, begin(custom, name), "5", name)) == expected


def test_t055_a_password_that_was_replaced_meanwhile_ends_it(custom: World, functions: Functions) -> None:
    configure(custom, functions, DefineAuthChallenge=names("CUSTOM_CHALLENGE", "CUSTOM_CHALLENGE"))
    asked = respond(custom, begin(custom), "5")
    custom.set_password("alice", "Another-Horse-8!")
    invalid = ("NotAuthorizedException", "Invalid session for the user.")
    assert custom.refusal("RespondToAuthChallenge", **reply(custom, asked, "5")) == invalid


# -- With SRP --------------------------------------------------------------------------------------------------
SRP_THEN_CAPTCHA = names("SRP_A", "PASSWORD_VERIFIER", "CUSTOM_CHALLENGE")


def after_srp(event: Event) -> Event:
    """PASSWORD_VERIFIER, then the CAPTCHA, whatever Cognito puts in between."""
    met = [each["challengeName"] for each in event["request"]["session"] if each["challengeResult"]]
    if "CUSTOM_CHALLENGE" in met:
        event["response"] |= {"issueTokens": True, "failAuthentication": False}
    else:
        name = "CUSTOM_CHALLENGE" if "PASSWORD_VERIFIER" in met else "PASSWORD_VERIFIER"
        event["response"] |= {"issueTokens": False, "failAuthentication": False, "challengeName": name}
    return event


def test_the_password_first(custom: World, functions: Functions) -> None:
    configure(custom, functions, DefineAuthChallenge=after_srp)
    client, parameters = srp(custom)
    asked = begin(custom, parameters=parameters)
    assert asked["ChallengeName"] == "PASSWORD_VERIFIER"
    asked = custom("RespondToAuthChallenge", **prove(custom, client, asked))
    assert asked["ChallengeName"] == "CUSTOM_CHALLENGE"
    assert respond(custom, asked, "5")["AuthenticationResult"]
    assert [each["challengeName"] for each in functions.last("Define")["request"]["session"]] == [
        "SRP_A",
        "PASSWORD_VERIFIER",
        "CUSTOM_CHALLENGE",
    ]


def test_a_wrong_password_ends_it_without_a_word_to_the_function(custom: World, functions: Functions) -> None:
    configure(custom, functions, DefineAuthChallenge=after_srp)
    for name, password in (("alice", "Wrong-Horse-9!"), ("nobody", PASSWORD)):
        client, parameters = srp(custom, name, password)
        asked = begin(custom, name, parameters=parameters)
        called = len(functions.events)
        assert custom.refusal("RespondToAuthChallenge", **prove(custom, client, asked)) == INCORRECT
        assert len(functions.events) == called


def test_the_old_way_puts_the_custom_challenge_in_the_place_of_the_password(
    custom: World, functions: Functions
) -> None:
    """As AWSMobileClient begins it: with SRP_A of a dummy password."""
    configure(custom, functions, DefineAuthChallenge=passes_when("SRP_A", "CUSTOM_CHALLENGE"))
    _, parameters = srp(custom, password="dummy")
    asked = begin(custom, parameters=parameters)
    assert asked["ChallengeName"] == "CUSTOM_CHALLENGE"
    assert respond(custom, asked, "5")["AuthenticationResult"]


def test_the_second_factor_comes_after_the_password_and_before_the_function(
    custom: World, functions: Functions
) -> None:
    configure(custom, functions, DefineAuthChallenge=after_srp)
    mfa.require(custom, "OPTIONAL", "SOFTWARE_TOKEN_MFA")
    configure(custom, functions)
    secret = mfa.set_up_app(custom, Enabled=True, PreferredMfa=True)
    configure(custom, functions, DefineAuthChallenge=after_srp)
    client, parameters = srp(custom)
    asked = custom("RespondToAuthChallenge", **prove(custom, client, begin(custom, parameters=parameters)))
    assert asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    asked = mfa.respond(custom, asked, SOFTWARE_TOKEN_MFA_CODE=mfa.next_code(custom, secret))
    assert asked["ChallengeName"] == "CUSTOM_CHALLENGE"
    assert respond(custom, asked, "5")["AuthenticationResult"]
    met = [each["challengeName"] for each in functions.last("Define")["request"]["session"]]
    assert met == ["SRP_A", "PASSWORD_VERIFIER", "SOFTWARE_TOKEN_MFA", "CUSTOM_CHALLENGE"]


def test_a_temporary_password_is_replaced_first(custom: World, functions: Functions) -> None:
    configure(custom, functions, DefineAuthChallenge=after_srp)
    custom.set_password("alice", PASSWORD, permanent=False)
    client, parameters = srp(custom)
    asked = custom("RespondToAuthChallenge", **prove(custom, client, begin(custom, parameters=parameters)))
    assert asked["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    asked = mfa.respond(custom, asked, NEW_PASSWORD="Another-Horse-8!")
    assert asked["ChallengeName"] == "CUSTOM_CHALLENGE"
    assert respond(custom, asked, "5")["AuthenticationResult"]


BUILT_IN = {
    "SOFTWARE_TOKEN_MFA": "SOFTWARE_TOKEN_MFA_CODE",
    "SMS_MFA": "SMS_MFA_CODE",
    "EMAIL_OTP": "EMAIL_OTP_CODE",
    "NEW_PASSWORD_REQUIRED": "NEW_PASSWORD",
}


@pytest.mark.parametrize("name", BUILT_IN)
def test_the_function_may_mix_in_challenges_of_cognitos_own(custom: World, functions: Functions, name: str) -> None:
    """Of somebody who owes none by themselves."""
    mfa.require(custom, "OPTIONAL", "SOFTWARE_TOKEN_MFA", "SMS_MFA", "EMAIL_OTP")
    mfa.give(custom, "email")
    mfa.give(custom, "phone_number")
    secret = mfa.set_up_app(custom)
    define = names("PASSWORD_VERIFIER", name, "CUSTOM_CHALLENGE")
    configure(custom, functions, DefineAuthChallenge=lambda event: define(without_srp_a(event)))
    client, parameters = srp(custom)
    asked = custom("RespondToAuthChallenge", **prove(custom, client, begin(custom, parameters=parameters)))
    assert asked["ChallengeName"] == name
    answer = {"SOFTWARE_TOKEN_MFA": mfa.next_code(custom, secret), "NEW_PASSWORD_REQUIRED": "Another-Horse-8!"}
    asked = mfa.respond(custom, asked, **{BUILT_IN[name]: answer.get(name) or mfa.sent_code(custom)})
    assert asked["ChallengeName"] == "CUSTOM_CHALLENGE"
    assert respond(custom, asked, "5")["AuthenticationResult"]


def without_srp_a(event: Event) -> Event:
    del event["request"]["session"][0]
    return event


def test_t088_a_device_that_is_forgotten_meanwhile_spares_nothing(custom: World, functions: Functions) -> None:
    mfa.require(custom, "OPTIONAL", "SOFTWARE_TOKEN_MFA")
    track(custom, ALWAYS)
    handset = Handset.confirmed(custom)
    secret = mfa.set_up_app(custom, Enabled=True, PreferredMfa=True)
    config = functions.add(
        DefineAuthChallenge=after_srp, CreateAuthChallenge=captcha, VerifyAuthChallengeResponse=compare
    )
    custom("UpdateUserPool", UserPoolId=custom.pool_id, LambdaConfig=config, DeviceConfiguration=ALWAYS)
    client, parameters = srp(custom)
    asked = begin(custom, parameters=parameters | {"DEVICE_KEY": handset.key})
    asked = custom("RespondToAuthChallenge", **prove(custom, client, asked))
    assert asked["ChallengeName"] == "CUSTOM_CHALLENGE", "the device stands for the second factor"
    custom("AdminForgetDevice", UserPoolId=custom.pool_id, Username="alice", DeviceKey=handset.key)
    asked = respond(custom, asked, "5")
    assert asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    answered = mfa.respond(custom, asked, SOFTWARE_TOKEN_MFA_CODE=mfa.next_code(custom, secret))
    assert answered["AuthenticationResult"]


# -- Functions that fail ---------------------------------------------------------------------------------------
def raising(event: Event) -> Event:
    raise Raises("no luck today.")


@pytest.mark.parametrize("trigger", ["DefineAuthChallenge", "CreateAuthChallenge"])
def test_t059_a_function_that_raises(custom: World, functions: Functions, trigger: str) -> None:
    configure(custom, functions, **{trigger: raising})
    assert refused(custom) == ("UserLambdaValidationException", f"{trigger} failed with error no luck today..")


def test_t059_a_function_that_raises_at_the_answer(custom: World, functions: Functions) -> None:
    asked = begin(custom)
    configure(custom, functions, VerifyAuthChallengeResponse=raising)
    text = "VerifyAuthChallengeResponse failed with error no luck today.."
    assert custom.refusal("RespondToAuthChallenge", **reply(custom, asked, "5")) == (
        "UserLambdaValidationException",
        text,
    )


def test_t059_a_function_that_is_not_there(custom: World, functions: Functions) -> None:
    del functions.by_name["DefineAuthChallenge"]
    text = "DefineAuthChallenge invocation failed due to error ResourceNotFoundException."
    assert refused(custom) == ("UnexpectedLambdaException", text)


def test_t059_a_function_that_hangs_is_tried_three_times_and_costs_one_request(
    custom: World, functions: Functions
) -> None:
    let_go = threading.Event()

    def hang(event: Event) -> Event:
        let_go.wait(20)
        return event

    configure(custom, functions, DefineAuthChallenge=hang)
    began = time.monotonic()
    code, message = refused(custom)
    let_go.set()
    assert (code, functions.sources) == ("UnexpectedLambdaException", ["DefineAuthChallenge_Authentication"] * 3)
    assert message.startswith("DefineAuthChallenge invocation failed due to error")
    assert 14 < time.monotonic() - began < 25


def mangled(**changes: Any) -> Any:
    return lambda event: event | changes


@pytest.mark.parametrize(
    "define",
    [
        pytest.param(lambda event: None, id="nothing"),
        pytest.param(lambda event: [event], id="a list"),
        pytest.param(lambda event: "yes", id="text"),
        pytest.param(mangled(response=None), id="no response"),
        pytest.param(lambda event: {"response": event["response"] | {"issueTokens": True}}, id="only a response"),
        pytest.param(mangled(userName="bob", response={"issueTokens": True}), id="another user"),
        pytest.param(mangled(userPoolId="us-east-1_000000000", response={"issueTokens": True}), id="another pool"),
        pytest.param(decides(issueTokens="true"), id="text for a truth"),
        pytest.param(decides(issueTokens=1), id="a number for a truth"),
        pytest.param(decides(challengeName=7), id="a number for a name"),
        pytest.param(decides(challengeName="SHOE_SIZE"), id="an unknown challenge"),
        pytest.param(decides(challengeName="SOFTWARE_TOKEN_MFA"), id="a second factor without a first"),
        pytest.param(decides(challengeName="WEB_AUTHN"), id="one that it cannot ask for"),
        pytest.param(decides(issueTokens=False, failAuthentication=False), id="no decision"),
    ],
)
def test_t059_an_answer_of_another_form(custom: World, functions: Functions, define: Any) -> None:
    configure(custom, functions, DefineAuthChallenge=define)
    assert refused(custom) == UNRECOGNIZABLE


@pytest.mark.parametrize(
    "response",
    [
        {"publicChallengeParameters": ["captcha"]},
        {"publicChallengeParameters": {"captcha": 5}},
        {"privateChallengeParameters": {"answer": None}},
        {"challengeMetadata": {}},
        {"publicChallengeParameters": {"captchaUrl": "x" * 131_073}},
    ],
)
def test_t059_a_question_of_another_form(custom: World, functions: Functions, response: dict[str, Any]) -> None:
    configure(custom, functions, CreateAuthChallenge=decides(**response))
    assert refused(custom) == UNRECOGNIZABLE


@pytest.mark.parametrize("verdict", ["true", 1, {}, []])
def test_t059_only_true_is_a_right_answer(custom: World, functions: Functions, verdict: Any) -> None:
    asked = begin(custom)
    configure(custom, functions, VerifyAuthChallengeResponse=decides(answerCorrect=verdict))
    assert custom.refusal("RespondToAuthChallenge", **reply(custom, asked, "5")) == UNRECOGNIZABLE


def test_t059_failing_wins_over_issuing_tokens(custom: World, functions: Functions) -> None:
    configure(custom, functions, DefineAuthChallenge=decides(issueTokens=True, failAuthentication=True))
    assert refused(custom) == INCORRECT


def test_t059_a_function_that_never_decides_is_stopped(custom: World, functions: Functions) -> None:
    asked = begin(custom)
    for _ in range(9):
        asked = respond(custom, asked, "4")
    assert custom.refusal("RespondToAuthChallenge", **reply(custom, asked, "4")) == INCORRECT


def test_tokens_for_nobody_are_not_issued_whatever_the_function_says(custom: World, functions: Functions) -> None:
    configure(custom, functions, DefineAuthChallenge=decides(issueTokens=True, failAuthentication=False))
    assert refused(custom, "nobody") == INCORRECT
    assert begin(custom)["AuthenticationResult"], "but for alice they are: the function decides"


# -- Answers ---------------------------------------------------------------------------------------------------
def test_t057_a_solved_challenge_is_good_for_once(custom: World) -> None:
    asked = begin(custom)
    assert respond(custom, asked, "5")["AuthenticationResult"]
    assert custom.refusal("RespondToAuthChallenge", **reply(custom, asked, "5")) == USED


def test_t057_a_challenge_is_good_for_one_try(custom: World) -> None:
    """Guessing goes by new questions, which the functions can count."""
    asked = begin(custom)
    respond(custom, asked, "4")
    assert custom.refusal("RespondToAuthChallenge", **reply(custom, asked, "5")) == USED


@pytest.mark.django_db(transaction=True)
def test_t057_fifty_answers_at_once_are_judged_once(custom: World, functions: Functions) -> None:
    asked = begin(custom)
    request = reply(custom, asked, "5")
    outcomes = race(50, lambda: custom("RespondToAuthChallenge", **request))
    assert sum(1 for each in outcomes if isinstance(each, dict)) == 1
    assert functions.sources.count("VerifyAuthChallengeResponse_Authentication") == 1


def test_t057_what_is_private_stays_private(custom: World) -> None:
    asked = begin(custom)
    assert "answer" not in asked["ChallengeParameters"]


def test_a_missing_answer_costs_nothing(custom: World) -> None:
    asked = begin(custom)
    nothing = reply(custom, asked, "5", ChallengeResponses={"USERNAME": "alice"})
    missing = ("InvalidParameterException", "Missing required parameter ANSWER")
    assert custom.refusal("RespondToAuthChallenge", **nothing) == missing
    assert respond(custom, asked, "5")["AuthenticationResult"]
