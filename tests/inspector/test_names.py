"""What Amplify and its relatives call each step."""

from typing import Any

import pytest

from flows.inspector.entries import Call
from flows.inspector.telling import names
from flows.steps.table import STEPS, Step
from flows.terms import ChallengeName

STACKS = [
    *("Amplify JS v6", "Amplify JS v5", "AWSMobileClient (iOS)", "AWSMobileClient (Android)"),
    *("Amplify Swift v2", "Amplify Android v2"),
]
# SignInState of aws-sdk-ios and of aws-sdk-android, without what is never returned
IOS = {"smsMFA", "customChallenge", "adminNoSRPAuth", "newPasswordRequired", "signedIn"}
ANDROID = {"SMS_MFA", "CUSTOM_CHALLENGE", "ADMIN_NO_SRP_AUTH", "NEW_PASSWORD_REQUIRED", "DONE"}


def call(**facts: Any) -> Call:
    given = {"operation": "InitiateAuth", "signed": False, "region": "us-east-1", "request": {}, "at": "", **facts}
    return Call(milliseconds=1.0, **given)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)
def test_every_row_of_the_step_table_has_names(step: Step) -> None:
    """Each stack has a name or says why it has none, never both."""
    found = names.of(step.challenge, step.slug)
    assert found is not None
    assert [name.stack for name in found] == STACKS
    assert all(bool(name.name) != bool(name.note) for name in found)
    assert found.amplify_js.name == (step.sign_in_step or "")


@pytest.mark.parametrize("challenge", ChallengeName)
def test_every_challenge_has_names(challenge: ChallengeName) -> None:
    assert names.of(challenge) is not None


@pytest.mark.parametrize(
    ("challenge", "slug", "expected"),
    [
        (
            "SMS_MFA",
            "sms-mfa",
            [
                "CONFIRM_SIGN_IN_WITH_SMS_CODE",
                "SMS_MFA",
                "smsMFA",
                "SMS_MFA",
                "confirmSignInWithSMSMFACode",
                "CONFIRM_SIGN_IN_WITH_SMS_MFA_CODE",
            ],
        ),
        (
            "EMAIL_OTP",
            "email-otp",
            ["CONFIRM_SIGN_IN_WITH_EMAIL_CODE", "", "", "", "confirmSignInWithOTP", "CONFIRM_SIGN_IN_WITH_OTP"],
        ),
        (
            "MFA_SETUP",
            "email-setup",
            [
                "CONTINUE_SIGN_IN_WITH_EMAIL_SETUP",
                "MFA_SETUP",
                "",
                "",
                "continueSignInWithEmailMFASetup",
                "CONTINUE_SIGN_IN_WITH_EMAIL_MFA_SETUP",
            ],
        ),
        ("PASSWORD_VERIFIER", "password-verifier", ["", "", "", "", "", ""]),
        (
            "SOFTWARE_TOKEN_MFA",
            "totp-mfa",
            [
                "CONFIRM_SIGN_IN_WITH_TOTP_CODE",
                "SOFTWARE_TOKEN_MFA",
                "smsMFA",
                "SMS_MFA",
                "confirmSignInWithTOTPCode",
                "CONFIRM_SIGN_IN_WITH_TOTP_CODE",
            ],
        ),
        ("TOKENS", "", ["DONE", "", "signedIn", "DONE", "done", "DONE"]),
        ("UserNotConfirmedException", "", ["CONFIRM_SIGN_UP", "", "", "", "confirmSignUp", "CONFIRM_SIGN_UP"]),
        ("PasswordResetRequiredException", "", ["RESET_PASSWORD", "", "", "", "resetPassword", "RESET_PASSWORD"]),
    ],
)
def test_the_names(challenge: str, slug: str, expected: list[str]) -> None:
    found = names.of(challenge, slug)
    assert found is not None
    assert [name.name for name in found] == expected


@pytest.mark.parametrize("challenge", ["", "NotAuthorizedException", "A_CHALLENGE_OF_TOMORROW"])
def test_what_is_no_step_has_no_names(challenge: str) -> None:
    assert names.of(challenge) is None


def test_what_a_call_came_back_with() -> None:
    asked = call(answer={"ChallengeName": "MFA_SETUP"}, step="totp-setup")
    assert names.of_answer(asked) == names.of("MFA_SETUP", "totp-setup")
    tokens = call(answer={"AuthenticationResult": {"ExpiresIn": 3600}})
    assert names.of_answer(tokens) == names.of("TOKENS")
    assert names.of_answer(call(error="UserNotConfirmedException")) == names.of("UserNotConfirmedException")
    assert names.of_answer(call(answer={"Username": "alice"})) is None


def test_the_mobile_clients_states_are_their_own() -> None:
    known = [names.of(challenge) for challenge in [*ChallengeName, "TOKENS"]]
    assert {found.mobile_client_ios.name for found in known if found} == IOS | {""}
    assert {found.mobile_client_android.name for found in known if found} == ANDROID | {""}


@pytest.mark.parametrize("refusal", ["UserNotConfirmedException", "PasswordResetRequiredException"])
def test_each_mobile_client_fails_with_an_error_of_its_own(refusal: str) -> None:
    """iOS maps the service's exceptions to an enumeration, Android hands them on."""
    found = names.of(refusal)
    assert found is not None
    own = refusal[0].lower() + refusal.removesuffix("Exception")[1:]
    assert found.mobile_client_ios.note == f"fails with AWSMobileClientError.{own}"
    assert found.mobile_client_android.note == f"fails with {refusal}"
