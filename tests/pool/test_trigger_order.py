"""The triggers around signing up and in, and around messages: order, events, and what their answers do.

Sections 6.3 and 6.6 of the protocol notes.
"""

from collections.abc import Callable
from typing import Any

import jwt
import pytest
from botocore.exceptions import ClientError
from django.db import connection

from flows.pool.models import PoolUser
from tests.lambda_api import Event, Functions, Raises
from tests.pool import mfa
from tests.pool.conftest import PASSWORD, World
from tests.race import race

UNRECOGNIZABLE = ("InvalidLambdaResponseException", "Unrecognizable lambda output")
AROUND_SIGN_IN = ("PreAuthentication", "PostAuthentication", "PreTokenGeneration")


def nothing(event: Event) -> Event:
    return event


def raises(event: Event) -> Event:
    raise Raises("not today")


def answers(**response: Any) -> Callable[[Event], Event]:
    return lambda event: event | {"response": event["response"] | response}


def configure(world: World, functions: Functions, **triggers: Any) -> None:
    world(
        "UpdateUserPool",
        UserPoolId=world.pool_id,
        LambdaConfig=functions.add(**triggers),
        AutoVerifiedAttributes=["email"],
    )


def claims(token: str) -> dict[str, Any]:
    return dict(jwt.decode(token, options={"verify_signature": False}))


# -- Signing in ------------------------------------------------------------------------------------------------
def test_around_a_password(world: World, functions: Functions) -> None:
    configure(world, functions, **dict.fromkeys(AROUND_SIGN_IN, nothing))
    world.sign_in(ClientMetadata={"from": "start"})
    assert functions.sources == [
        "PreAuthentication_Authentication",
        "PostAuthentication_Authentication",
        "TokenGeneration_Authentication",
    ]
    before, after, tokens = (event["request"] for event in functions.events)
    assert before["validationData"] == {"from": "start"}
    assert before["userNotFound"] is False
    assert after["clientMetadata"] == {}
    assert after["newDeviceUsed"] is True
    assert tokens["groupConfiguration"] == {
        "groupsToOverride": [],
        "iamRolesToOverride": [],
        "preferredRole": None,
    }
    assert all(event["request"]["userAttributes"]["cognito:user_status"] == "CONFIRMED" for event in functions.events)


def test_around_srp(world: World, functions: Functions) -> None:
    """PreAuthentication at InitiateAuth; the metadata of the answer reaches what comes after it."""
    configure(world, functions, **dict.fromkeys(AROUND_SIGN_IN, nothing))
    _, proof = world.srp_challenge("alice", PASSWORD)
    assert functions.sources == ["PreAuthentication_Authentication"]
    world("RespondToAuthChallenge", **proof, ClientMetadata={"from": "answer"})
    assert functions.last("TokenGeneration")["request"]["clientMetadata"] == {"from": "answer"}


def test_a_wrong_password_is_not_followed_by_anything(world: World, functions: Functions) -> None:
    configure(world, functions, **dict.fromkeys(AROUND_SIGN_IN, nothing))
    world.refusal("InitiateAuth", **world.password_request("alice", "Wrong-Horse-9!"))
    assert functions.sources == ["PreAuthentication_Authentication"]


def test_a_name_that_nobody_has(world: World, functions: Functions) -> None:
    configure(world, functions, **dict.fromkeys(AROUND_SIGN_IN, nothing))
    world.refusal("InitiateAuth", **world.password_request("nobody", PASSWORD))
    [event] = functions.events
    assert (event["request"]["userNotFound"], event["request"]["userAttributes"]) == (True, {})
    world.client_id = world.add_client()
    world.refusal("InitiateAuth", **world.password_request("nobody", PASSWORD))
    assert len(functions.events) == 1, "a client that tells does so before any function"


@pytest.mark.parametrize("trigger", AROUND_SIGN_IN)
def test_one_that_fails_ends_the_sign_in(world: World, functions: Functions, trigger: str) -> None:
    configure(world, functions, **dict.fromkeys(AROUND_SIGN_IN, nothing) | {trigger: raises})
    refused = ("UserLambdaValidationException", f"{trigger} failed with error not today.")
    assert world.refusal("InitiateAuth", **world.password_request("alice", PASSWORD)) == refused


def test_a_new_password_and_a_second_factor_are_between_them(world: World, functions: Functions) -> None:
    mfa.require(world, "OPTIONAL", "SOFTWARE_TOKEN_MFA")
    secret = mfa.set_up_app(world, Enabled=True, PreferredMfa=True)
    world.set_password("alice", PASSWORD, permanent=False)
    configure(world, functions, **dict.fromkeys(AROUND_SIGN_IN, nothing))
    asked = mfa.respond(world, mfa.begin(world), NEW_PASSWORD="Another-Horse-8!")
    assert functions.sources == ["PreAuthentication_Authentication"]
    mfa.respond(world, asked, SOFTWARE_TOKEN_MFA_CODE=mfa.next_code(world, secret))
    assert functions.sources[1:] == ["PostAuthentication_Authentication", "TokenGeneration_NewPasswordChallenge"]


@pytest.mark.parametrize("operation", ["InitiateAuth", "GetTokensFromRefreshToken"])
def test_a_refresh_generates_tokens_and_nothing_else(world: World, functions: Functions, operation: str) -> None:
    token = world.sign_in()["RefreshToken"]
    configure(world, functions, **dict.fromkeys(AROUND_SIGN_IN, nothing))
    if operation == "InitiateAuth":
        request = {"AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": {"REFRESH_TOKEN": token}}
    else:
        request = {"RefreshToken": token}
    world(operation, ClientId=world.client_id, **request)
    assert functions.sources == ["TokenGeneration_RefreshTokens"]


# -- Tokens ----------------------------------------------------------------------------------------------------
def test_claims_of_the_first_version(world: World, functions: Functions) -> None:
    world("CreateGroup", UserPoolId=world.pool_id, GroupName="staff")
    world("AdminAddUserToGroup", UserPoolId=world.pool_id, Username="alice", GroupName="staff")
    details = {
        "claimsToAddOrOverride": {"tenant": "a", "sub": "somebody else", "token_use": "access"},
        "claimsToSuppress": ["email", "exp"],
        "groupOverrideDetails": {"groupsToOverride": ["guests"], "iamRolesToOverride": [], "preferredRole": None},
    }
    configure(world, functions, PreTokenGeneration=answers(claimsOverrideDetails=details))
    result = world.sign_in()
    own, access = claims(result["IdToken"]), claims(result["AccessToken"])
    assert functions.last("Token")["request"]["groupConfiguration"]["groupsToOverride"] == ["staff"]
    assert (own["tenant"], own["token_use"], own["cognito:groups"]) == ("a", "id", ["guests"])
    assert own["sub"] == access["sub"] != "somebody else"
    assert "exp" in own
    assert "tenant" not in access
    assert access["cognito:groups"] == ["guests"]


@pytest.mark.parametrize(("setting", "version"), [("V2_0", "2"), ("V3_0", "3")])
def test_claims_of_the_later_versions(world: World, functions: Functions, setting: str, version: str) -> None:
    details = {
        "idTokenGeneration": {"claimsToAddOrOverride": {"list": [1, {"a": True}]}, "claimsToSuppress": []},
        "accessTokenGeneration": {
            "claimsToAddOrOverride": {"tenant": 7, "client_id": "another"},
            "scopesToAdd": ["orders/read"],
            "scopesToSuppress": ["nothing"],
        },
    }
    config = functions.add(PreTokenGeneration=answers(claimsAndScopeOverrideDetails=details))
    arn = config["PreTokenGeneration"]
    world(
        "UpdateUserPool",
        UserPoolId=world.pool_id,
        LambdaConfig={"PreTokenGenerationConfig": {"LambdaArn": arn, "LambdaVersion": setting}},
    )
    result = world.sign_in()
    event = functions.last("Token")
    assert (event["version"], event["request"]["scopes"]) == (version, ["aws.cognito.signin.user.admin"])
    assert claims(result["IdToken"])["list"] == [1, {"a": True}]
    access = claims(result["AccessToken"])
    assert (access["tenant"], access["client_id"]) == (7, world.client_id)
    assert access["scope"].split() == ["aws.cognito.signin.user.admin", "orders/read"]
    assert world("GetUser", AccessToken=result["AccessToken"])["Username"] == "alice"


@pytest.mark.parametrize("scope", ["a b", "a\nb", "", " a"])
def test_a_scope_is_one_word(world: World, functions: Functions, scope: str) -> None:
    details = {"accessTokenGeneration": {"scopesToAdd": [scope]}}
    arn = functions.add(PreTokenGeneration=answers(claimsAndScopeOverrideDetails=details))["PreTokenGeneration"]
    config = {"PreTokenGenerationConfig": {"LambdaArn": arn, "LambdaVersion": "V2_0"}}
    world("UpdateUserPool", UserPoolId=world.pool_id, LambdaConfig=config)
    assert world.refusal("InitiateAuth", **world.password_request("alice", PASSWORD)) == UNRECOGNIZABLE


@pytest.mark.parametrize(
    "details",
    [
        {"claimsToAddOrOverride": {"number": 5}},
        {"claimsToAddOrOverride": ["tenant"]},
        {"claimsToSuppress": "email"},
        {"groupOverrideDetails": {"groupsToOverride": "staff"}},
        {"groupOverrideDetails": {"preferredRole": {}}},
    ],
)
def test_claims_of_another_form(world: World, functions: Functions, details: dict[str, Any]) -> None:
    configure(world, functions, PreTokenGeneration=answers(claimsOverrideDetails=details))
    assert world.refusal("InitiateAuth", **world.password_request("alice", PASSWORD)) == UNRECOGNIZABLE


@pytest.mark.django_db(transaction=True)
def test_functions_hold_no_transaction_and_the_user_is_looked_at_again_after_them(
    world: World, functions: Functions
) -> None:
    """The function itself calls back into the pool, from another connection: were one held open, SQLite would wait."""

    def switch_off(event: Event) -> Event:
        world("AdminDisableUser", UserPoolId=world.pool_id, Username="alice")
        connection.close()
        return event

    configure(world, functions, PostAuthentication=switch_off)
    refused = ("NotAuthorizedException", "User is disabled.")
    assert world.refusal("InitiateAuth", **world.password_request("alice", PASSWORD)) == refused


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("operation", ["InitiateAuth", "GetTokensFromRefreshToken"])
@pytest.mark.parametrize("ending", ["AdminDisableUser", "AdminUserGlobalSignOut", "AdminDeleteUser", "RevokeToken"])
def test_t085_nor_refreshed_for_whose_access_ended_while_the_function_ran(
    world: World, functions: Functions, operation: str, ending: str
) -> None:
    token = world.sign_in()["RefreshToken"]
    revoke = {"ClientId": world.client_id, "Token": token}
    end = revoke if ending == "RevokeToken" else {"UserPoolId": world.pool_id, "Username": "alice"}

    def end_access(event: Event) -> Event:
        world(ending, **end)
        connection.close()
        return event

    configure(world, functions, PreTokenGeneration=end_access)
    request: dict[str, Any] = {"RefreshToken": token}
    if operation == "InitiateAuth":
        request = {"AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": {"REFRESH_TOKEN": token}}
    assert world.refusal(operation, ClientId=world.client_id, **request)[0] == "NotAuthorizedException"


def test_who_may_not_sign_in_is_not_recorded_as_signed_in(world: World, functions: Functions) -> None:
    configure(world, functions, **dict.fromkeys(AROUND_SIGN_IN, nothing))
    world("AdminDisableUser", UserPoolId=world.pool_id, Username="alice")
    world.refusal("InitiateAuth", **world.password_request("alice", PASSWORD))
    assert functions.sources == ["PreAuthentication_Authentication"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("factor", "attribute"), [("EMAIL_OTP", "email"), ("SMS_OTP", "phone_number"), ("SMS_MFA", "phone_number")]
)
def test_t041_codes_in_a_pool_with_functions_are_limited_too(
    world: World, functions: Functions, factor: str, attribute: str
) -> None:
    """Outside of the test's own transaction, as on a server: on PostgreSQL a row is locked inside one only."""
    mfa.give(world, attribute)
    flows = ["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    world.client_id = world.add_client(ExplicitAuthFlows=flows, PreventUserExistenceErrors="ENABLED")
    if factor == "SMS_MFA":
        mfa.require(world, "OPTIONAL", "SMS_MFA")
        mfa.prefer(world, "SMS_MFA", Enabled=True, PreferredMfa=True)
        request = world.password_request("alice", PASSWORD)
    else:
        parameters = {"USERNAME": "alice", "PREFERRED_CHALLENGE": factor}
        request = {"ClientId": world.client_id, "AuthFlow": "USER_AUTH", "AuthParameters": parameters}
    world(
        "UpdateUserPool",
        UserPoolId=world.pool_id,
        LambdaConfig=functions.add(PostAuthentication=nothing),
        Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "SMS_OTP"]}},
    )
    outcomes = race(20, lambda: world("InitiateAuth", **request))
    asked = [each for each in outcomes if isinstance(each, dict)]
    assert len(asked) == len(world.sent) == 5
    code = {f"{factor}_CODE": world.sent[-1].code}
    results = []
    for each in asked:
        try:
            results.append(mfa.respond(world, each, **code))
        except ClientError:
            continue
    assert len(results) == 1
    assert results[0]["AuthenticationResult"]["AccessToken"]


# -- Signing up ------------------------------------------------------------------------------------------------
def sign_up(world: World, name: str = "zoe", **members: Any) -> dict[str, Any]:
    pairs = [{"Name": "email", "Value": "zoe@example.com"}]
    request = {"ClientId": world.client_id, "Username": name, "Password": PASSWORD, "UserAttributes": pairs}
    return world("SignUp", **request | members)


AROUND_SIGN_UP = {"PreSignUp": nothing, "PostConfirmation": nothing, "CustomMessage": nothing}


def test_around_a_sign_up(world: World, functions: Functions) -> None:
    configure(world, functions, **AROUND_SIGN_UP)
    metadata = {"ClientMetadata": {"from": "sign-up"}, "ValidationData": [{"Name": "captcha", "Value": "5"}]}
    assert sign_up(world, **metadata)["UserConfirmed"] is False
    code = world.sent[-1].code
    world("ConfirmSignUp", ClientId=world.client_id, Username="zoe", ConfirmationCode=code)
    assert functions.sources == ["PreSignUp_SignUp", "CustomMessage_SignUp", "PostConfirmation_ConfirmSignUp"]
    before, message, after = functions.events
    assert before["request"] == {
        "userAttributes": {"email": "zoe@example.com", "email_verified": "false"},
        "validationData": {"captcha": "5"},
        "clientMetadata": {"from": "sign-up"},
    }
    assert before["response"] == {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False}
    assert message["request"]["codeParameter"] == "{####}"
    assert message["request"]["usernameParameter"] is None
    assert after["request"]["userAttributes"]["cognito:user_status"] == "CONFIRMED"
    assert after["callerContext"]["clientId"] == world.client_id


def test_presignup_confirms_and_verifies(world: World, functions: Functions) -> None:
    configure(world, functions, **AROUND_SIGN_UP | {"PreSignUp": answers(autoConfirmUser=True, autoVerifyEmail=True)})
    assert sign_up(world)["UserConfirmed"] is True
    assert functions.sources == ["PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp"]
    assert world.sent == []
    user = PoolUser.objects.get(username="zoe")
    assert (user.status, user.attributes["email_verified"]) == ("CONFIRMED", "true")
    assert world.sign_in("zoe")["AccessToken"]


def test_the_sign_in_that_follows_a_confirmation_is_preceded_by_preauthentication(
    world: World, functions: Functions
) -> None:
    flows = ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    world.client_id = world.add_client(ExplicitAuthFlows=flows, PreventUserExistenceErrors="ENABLED")
    configure(world, functions, **dict.fromkeys(AROUND_SIGN_IN, nothing))
    policies = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}
    described = world("DescribeUserPool", UserPoolId=world.pool_id)["UserPool"]
    kept = {"LambdaConfig": described["LambdaConfig"], "AutoVerifiedAttributes": ["email"], "Policies": policies}
    world("UpdateUserPool", UserPoolId=world.pool_id, **kept)
    sign_up(world)
    named = {"ClientId": world.client_id, "Username": "zoe", "ConfirmationCode": world.sent[-1].code}
    session = world("ConfirmSignUp", **named)["Session"]
    request = {"ClientId": world.client_id, "AuthFlow": "USER_AUTH", "AuthParameters": {"USERNAME": "zoe"}}
    world("InitiateAuth", **request, Session=session, ClientMetadata={"from": "start"})
    assert functions.sources == [
        "PreAuthentication_Authentication",
        "PostAuthentication_Authentication",
        "TokenGeneration_Authentication",
    ]
    assert functions.events[0]["request"]["validationData"] == {"from": "start"}
    assert functions.events[1]["request"]["clientMetadata"] == {}


def test_presignup_refuses(world: World, functions: Functions) -> None:
    configure(world, functions, **AROUND_SIGN_UP | {"PreSignUp": raises})
    pairs = [{"Name": "email", "Value": "zoe@example.com"}]
    request = {"ClientId": world.client_id, "Username": "zoe", "Password": PASSWORD, "UserAttributes": pairs}
    refused = ("UserLambdaValidationException", "PreSignUp failed with error not today.")
    assert world.refusal("SignUp", **request) == refused
    assert not PoolUser.objects.filter(username="zoe").exists()


def test_presignup_cannot_verify_what_is_not_there(world: World, functions: Functions) -> None:
    configure(world, functions, PreSignUp=answers(autoVerifyPhone=True))
    request = {"ClientId": world.client_id, "Username": "zoe", "Password": PASSWORD}
    assert world.refusal("SignUp", **request) == UNRECOGNIZABLE
    assert not PoolUser.objects.filter(username="zoe").exists()


def test_presignup_is_not_asked_about_a_name_that_is_taken(world: World, functions: Functions) -> None:
    configure(world, functions, **AROUND_SIGN_UP)
    request = {"ClientId": world.client_id, "Username": "alice", "Password": PASSWORD}
    assert world.refusal("SignUp", **request)[0] == "UsernameExistsException"
    assert functions.events == []


def test_a_user_is_confirmed_although_the_function_afterwards_fails(world: World, functions: Functions) -> None:
    configure(world, functions, PostConfirmation=raises)
    sign_up(world)
    request = {"ClientId": world.client_id, "Username": "zoe", "ConfirmationCode": world.sent[-1].code}
    refused = ("UserLambdaValidationException", "PostConfirmation failed with error not today.")
    assert world.refusal("ConfirmSignUp", **request) == refused
    assert PoolUser.objects.get(username="zoe").status == "CONFIRMED"


def test_an_administrator_confirms(world: World, functions: Functions) -> None:
    sign_up(world)
    configure(world, functions, **AROUND_SIGN_UP)
    world("AdminConfirmSignUp", UserPoolId=world.pool_id, Username="zoe", ClientMetadata={"a": "b"})
    [event] = functions.events
    assert event["triggerSource"] == "PostConfirmation_ConfirmSignUp"
    assert event["callerContext"]["clientId"] == "CLIENT_ID_NOT_APPLICABLE"
    assert event["request"]["clientMetadata"] == {"a": "b"}


@pytest.mark.parametrize("refuses", [True, False])
def test_an_administrator_creates_a_user(world: World, functions: Functions, refuses: bool) -> None:
    answer = raises if refuses else answers(autoConfirmUser=True, autoVerifyEmail=True)
    configure(world, functions, **AROUND_SIGN_UP | {"PreSignUp": answer})
    pairs = [{"Name": "email", "Value": "zoe@example.com"}]
    request = {"UserPoolId": world.pool_id, "Username": "zoe", "UserAttributes": pairs}
    if refuses:
        assert world.refusal("AdminCreateUser", **request)[0] == "UserLambdaValidationException"
        assert not PoolUser.objects.filter(username="zoe").exists()
        return
    world("AdminCreateUser", **request)
    assert functions.sources == ["PreSignUp_AdminCreateUser", "CustomMessage_AdminCreateUser"]
    assert functions.last("Custom")["request"]["usernameParameter"] == "{username}"
    assert PoolUser.objects.get(username="zoe").status == "FORCE_CHANGE_PASSWORD", "what it answers counts for nothing"


# -- Messages --------------------------------------------------------------------------------------------------
OWN_SENDER = {
    "EmailConfiguration": {"EmailSendingAccount": "DEVELOPER", "SourceArn": "arn:aws:ses:us-east-1:0:identity/x"}
}


def word(world: World, functions: Functions, sender: dict[str, Any] = OWN_SENDER, **response: Any) -> None:
    config = functions.add(CustomMessage=answers(**response))
    world("UpdateUserPool", UserPoolId=world.pool_id, LambdaConfig=config, AutoVerifiedAttributes=["email"], **sender)


def test_a_function_words_the_message(world: World, functions: Functions) -> None:
    word(world, functions, emailSubject="Welcome", emailMessage="Hello, type {####} now.", smsMessage="never")
    sign_up(world)
    message = world.sent[-1]
    assert (message.subject, message.text) == ("Welcome", f"Hello, type {message.code} now.")
    assert message.code not in str(functions.events), "the function never sees the code"


def test_what_it_leaves_out_stays(world: World, functions: Functions) -> None:
    word(world, functions)
    sign_up(world)
    assert world.sent[-1].text == f"Your confirmation code is {world.sent[-1].code}."


def test_a_name_that_looks_like_the_placeholder_stays_a_name(world: World, functions: Functions) -> None:
    word(world, functions, emailMessage="{username} and {####}")
    pairs = [{"Name": "email", "Value": "zoe@example.com"}]
    world("AdminCreateUser", UserPoolId=world.pool_id, Username="{####}0", UserAttributes=pairs)
    message = world.sent[-1]
    assert message.text == f"{{####}}0 and {message.code}"


def test_a_message_without_the_code_is_none(world: World, functions: Functions) -> None:
    word(world, functions, emailMessage="Hello!")
    pairs = [{"Name": "email", "Value": "zoe@example.com"}]
    request = {"ClientId": world.client_id, "Username": "zoe", "Password": PASSWORD, "UserAttributes": pairs}
    assert world.refusal("SignUp", **request) == UNRECOGNIZABLE
    assert world.sent == []


def test_an_invitation_needs_the_name_as_well(world: World, functions: Functions) -> None:
    word(world, functions, emailMessage="Your password is {####}")
    pairs = [{"Name": "email", "Value": "zoe@example.com"}]
    request = {"UserPoolId": world.pool_id, "Username": "zoe", "UserAttributes": pairs}
    assert world.refusal("AdminCreateUser", **request) == UNRECOGNIZABLE
    word(world, functions, emailMessage="You are {username}, your password is {####}")
    world("AdminCreateUser", **request | {"Username": "zoe2"})
    assert world.sent[-1].text.startswith("You are zoe2, your password is ")


def test_e_mail_that_cognito_sends_itself_has_its_words(world: World, functions: Functions) -> None:
    word(world, functions, sender={}, emailMessage="Hello, type {####} now.")
    pairs = [{"Name": "email", "Value": "zoe@example.com"}]
    request = {"ClientId": world.client_id, "Username": "zoe", "Password": PASSWORD, "UserAttributes": pairs}
    assert world.refusal("SignUp", **request) == UNRECOGNIZABLE


def test_why_a_message_is_sent(world: World, functions: Functions) -> None:
    mfa.give(world, "email")
    word(world, functions, emailMessage="{####}")
    named = {"ClientId": world.client_id, "Username": "zoe"}
    sign_up(world, "zoe")
    world("ResendConfirmationCode", **named, ClientMetadata={"a": "resend"})
    world("ForgotPassword", ClientId=world.client_id, Username="alice", ClientMetadata={"a": "forgot"})
    token = world.sign_in()["AccessToken"]
    new = [{"Name": "email", "Value": "alice2@example.com"}]
    world("UpdateUserAttributes", AccessToken=token, UserAttributes=new, ClientMetadata={"a": "update"})
    world("GetUserAttributeVerificationCode", AccessToken=token, AttributeName="email", ClientMetadata={"a": "verify"})
    assert [(event["triggerSource"], event["request"]["clientMetadata"]) for event in functions.events] == [
        ("CustomMessage_SignUp", {}),
        ("CustomMessage_ResendCode", {"a": "resend"}),
        ("CustomMessage_ForgotPassword", {"a": "forgot"}),
        ("CustomMessage_UpdateUserAttribute", {"a": "update"}),
        ("CustomMessage_VerifyUserAttribute", {"a": "verify"}),
    ]
    assert {event["callerContext"]["clientId"] for event in functions.events} == {world.client_id}


def test_a_sign_in_code_is_worded_too(world: World, functions: Functions) -> None:
    mfa.require(world, "OPTIONAL", "EMAIL_OTP")
    mfa.give(world, "email")
    mfa.prefer(world, "EMAIL_OTP", Enabled=True, PreferredMfa=True)
    word(world, functions, emailMessage="Sign in with {####}")
    asked = mfa.begin(world)
    assert functions.sources == ["CustomMessage_Authentication"]
    assert world.sent[-1].text == f"Sign in with {world.sent[-1].code}"
    assert mfa.respond(world, asked, EMAIL_OTP_CODE=mfa.sent_code(world))["AuthenticationResult"]


def test_a_reset_password_is_followed_by_postconfirmation(world: World, functions: Functions) -> None:
    mfa.give(world, "email")
    configure(world, functions, **AROUND_SIGN_UP)
    named = {"ClientId": world.client_id, "Username": "alice"}
    world("ForgotPassword", **named)
    world("ConfirmForgotPassword", **named, ConfirmationCode=world.sent[-1].code, Password="Another-Horse-8!")
    assert functions.sources == [
        "CustomMessage_ForgotPassword",
        "PostConfirmation_ConfirmForgotPassword",
    ]
