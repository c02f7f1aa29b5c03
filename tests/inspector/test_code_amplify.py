"""The same call in other words: Amplify's functions, those of the sign-in so far before them."""

from dataclasses import replace

import pytest

from flows.inspector.code import amplify_steps
from flows.inspector.masking.masks import mask
from tests.inspector.code_reading import call, javascript_calls, tab
from tests.inspector.examples import REQUESTS


def test_amplifys_functions_of_the_run_so_far_come_first() -> None:
    begun = call("InitiateAuth", REQUESTS["InitiateAuth"], answer={"ChallengeName": "SELECT_CHALLENGE"})
    older = call("InitiateAuth", {**REQUESTS["InitiateAuth"], "AuthFlow": "USER_SRP_AUTH"}, answer={})
    wrong = call("RespondToAuthChallenge", REQUESTS["RespondToAuthChallenge"], error="CodeMismatchException")
    request = {
        "ClientId": "c",
        "ChallengeName": "SELECT_CHALLENGE",
        "ChallengeResponses": {"USERNAME": "alice", "PASSWORD": mask("PASSWORD"), "ANSWER": "PASSWORD"},
    }
    made = call("RespondToAuthChallenge", request, answer={"ChallengeName": "SMS_MFA"}, step="sms-mfa")
    shown = tab("amplify-js", replace(made, user_pool_id="us-east-1_p"), before=[older, begun, wrong])
    assert shown.blanks == ("PASSWORD",)
    assert javascript_calls(shown.text) == [
        'signIn({ username: "alice", options: { authFlowType: "USER_AUTH" } })',
        'confirmSignIn({ challengeResponse: "PASSWORD" })',
        'confirmSignIn({ challengeResponse: "<PASSWORD>" })',
    ]
    assert '// nextStep.signInStep: "CONFIRM_SIGN_IN_WITH_SMS_CODE"' in shown.text


def test_a_page_of_somebody_who_is_signed_in_repeats_the_sign_in_only() -> None:
    """GetUser comes with every page, and a refresh is no sign-in."""
    begun = call("InitiateAuth", REQUESTS["InitiateAuth"], answer={"AuthenticationResult": {"ExpiresIn": 1}})
    again = {"AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": "c", "AuthParameters": {"REFRESH_TOKEN": mask("t")}}
    refreshed = call("InitiateAuth", again, answer={"AuthenticationResult": {"ExpiresIn": 1}})
    user = call("GetUser", REQUESTS["GetUser"], answer={"Username": "alice"})
    shown = tab("amplify-js", user, before=[begun, user, refreshed, user])
    assert [each.partition("(")[0] for each in javascript_calls(shown.text)] == ["signIn", "fetchUserAttributes"]


def test_a_blank_counts_in_the_whole_sign_in() -> None:
    """What two calls were given is two values; and what another page was given is none of its blanks."""
    begun = call("InitiateAuth", {**REQUESTS["InitiateAuth"], "AuthFlow": "CUSTOM_AUTH"}, answer={"Session": "s"})
    answered = {"ChallengeName": "CUSTOM_CHALLENGE", "ChallengeResponses": {"ANSWER": mask("ANSWER")}}
    picture = call("RespondToAuthChallenge", answered, answer={"ChallengeName": "CUSTOM_CHALLENGE"})
    shown = tab("amplify-js", call("RespondToAuthChallenge", answered, answer={}), before=[begun, picture])
    assert shown.blanks[1:] == ("ANSWER", "ANSWER 2")
    verified = call("VerifySoftwareToken", REQUESTS["VerifySoftwareToken"], answer={"Status": "SUCCESS"})
    assert tab("amplify-js", verified, before=[begun, picture, verified]).blanks[1:] == ("ANSWER", "UserCode")


def test_what_amplify_does_by_itself_is_not_invented() -> None:
    request = {"ClientId": "c", "ChallengeName": "PASSWORD_VERIFIER", "ChallengeResponses": {"USERNAME": "alice"}}
    begun = call(
        "InitiateAuth",
        {"AuthFlow": "USER_SRP_AUTH", "ClientId": "c", "AuthParameters": {"USERNAME": "alice", "SRP_A": "a"}},
        answer={"ChallengeName": "PASSWORD_VERIFIER"},
    )
    shown = tab("amplify-js", call("RespondToAuthChallenge", request, answer={}), before=[begun])
    assert javascript_calls(shown.text) == [
        'signIn({ username: "alice", password: "<PASSWORD>", options: { authFlowType: "USER_SRP_AUTH" } })'
    ]
    assert "No call: the function that sent SRP_A" in shown.text


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ({"Enabled": False, "PreferredMfa": False}, "DISABLED"),
        ({"Enabled": True}, "ENABLED"),
        ({"Enabled": True, "PreferredMfa": True}, "PREFERRED"),
        ({"Enabled": True, "PreferredMfa": False}, "NOT_PREFERRED"),
    ],
)
def test_amplifys_words_for_a_preference(setting: dict[str, bool], expected: str) -> None:
    said = amplify_steps.said("SetUserMFAPreference", {"EmailMfaSettings": setting})
    assert (said.function, said.argument) == ("updateMFAPreference", {"email": expected})


def test_a_clients_secret_is_something_that_amplify_has_none_of() -> None:
    given = {"USERNAME": "alice", "SECRET_HASH": mask("SECRET_HASH")}
    made = call("InitiateAuth", {"AuthFlow": "CUSTOM_AUTH", "ClientId": "c", "AuthParameters": given})
    assert "Amplify takes none" in tab("amplify-js", made).note
    assert "SECRET_HASH" not in tab("amplify-js", made).text


def test_a_refusal_is_what_amplify_throws_or_takes_for_a_step() -> None:
    refused = call("InitiateAuth", REQUESTS["InitiateAuth"], error="NotAuthorizedException")
    assert "// throws NotAuthorizedException" in tab("amplify-js", refused).text
    unconfirmed = call("InitiateAuth", REQUESTS["InitiateAuth"], error="UserNotConfirmedException")
    assert '// nextStep.signInStep: "CONFIRM_SIGN_UP"' in tab("amplify-js", unconfirmed).text
