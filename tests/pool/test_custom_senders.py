"""CustomEmailSender and CustomSMSSender: the codes they are given, and that nobody waits for them."""

import base64
import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import aws_encryption_sdk
import pytest
from aws_encryption_sdk import CommitmentPolicy, StrictAwsKmsMasterKeyProvider
from pytest_django import Settings

from flows.pool.delivery import background
from tests import kms
from tests.kms import KEY_ARN
from tests.lambda_api import Event, Functions, Raises
from tests.pool import mfa
from tests.pool.conftest import PASSWORD, World

pytestmark = pytest.mark.django_db(transaction=True)  # messages leave once what they are about has been committed


@pytest.fixture(scope="module")
def kms_url() -> Iterator[str]:
    with kms.running() as url:
        yield url


@pytest.fixture(autouse=True)
def _kms(kms_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "AWS_ENDPOINT_URL_KMS": kms_url,
        "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)


def configure(world: World, functions: Functions, function: Callable[[Event], Any], *, key: str = KEY_ARN) -> None:
    arns = functions.add(email=function, sms=function)
    config = {
        "CustomEmailSender": {"LambdaArn": arns["email"], "LambdaVersion": "V1_0"},
        "CustomSMSSender": {"LambdaArn": arns["sms"], "LambdaVersion": "V1_0"},
        "KMSKeyID": key,
    }
    world("UpdateUserPool", UserPoolId=world.pool_id, LambdaConfig=config, AutoVerifiedAttributes=["email"])


def called(functions: Functions) -> Event:
    """The one event, as soon as it is there."""
    return eventually(lambda: functions.events and functions.events[-1])


def eventually(look: Callable[[], Any]) -> Any:
    for _ in range(200):
        if found := look():
            return found
        time.sleep(0.05)
    raise AssertionError("It did not happen within ten seconds.")


def decrypted(code: str) -> str:
    client = aws_encryption_sdk.EncryptionSDKClient(commitment_policy=CommitmentPolicy.FORBID_ENCRYPT_ALLOW_DECRYPT)
    provider = StrictAwsKmsMasterKeyProvider(key_ids=[KEY_ARN])
    plain, _ = client.decrypt(source=base64.b64decode(code), key_provider=provider)
    return bytes(plain).decode()


def sign_up(world: World) -> None:
    pairs = [{"Name": "email", "Value": "zoe@example.com"}]
    request = {"ClientId": world.client_id, "Username": "zoe", "Password": PASSWORD, "UserAttributes": pairs}
    world("SignUp", **request, ClientMetadata={"from": "sign-up"})


def test_the_function_gets_the_code_and_confirms_with_it(world: World, functions: Functions) -> None:
    configure(world, functions, lambda event: event)
    sign_up(world)
    event = called(functions)
    assert event["triggerSource"] == "CustomEmailSender_SignUp"
    assert event["request"]["type"] == "customEmailSenderRequestV1"
    assert event["request"]["userAttributes"]["email"] == "zoe@example.com"
    assert event["request"]["clientMetadata"] == {"from": "sign-up"}
    assert world.sent == [], "the pool sends nothing itself"
    code = decrypted(event["request"]["code"])
    world("ConfirmSignUp", ClientId=world.client_id, Username="zoe", ConfirmationCode=code)
    assert world.sign_in("zoe")["AccessToken"]


def test_a_text_message_has_the_other_function(world: World, functions: Functions) -> None:
    mfa.require(world, "OPTIONAL", "SMS_MFA")
    mfa.give(world, "phone_number")
    mfa.prefer(world, "SMS_MFA", Enabled=True, PreferredMfa=True)
    configure(world, functions, lambda event: event)
    asked = mfa.begin(world)
    event = called(functions)
    assert event["triggerSource"] == "CustomSMSSender_Authentication"
    assert event["request"]["type"] == "customSMSSenderRequestV1"
    code = decrypted(event["request"]["code"])
    assert mfa.respond(world, asked, SMS_MFA_CODE=code)["AuthenticationResult"]


def test_the_function_is_told_an_address_that_is_not_yet_the_users(world: World, functions: Functions) -> None:
    mfa.give(world, "email")
    token = world.sign_in()["AccessToken"]
    configure(world, functions, lambda event: event)
    world(
        "UpdateUserPool",
        UserPoolId=world.pool_id,
        LambdaConfig=world("DescribeUserPool", UserPoolId=world.pool_id)["UserPool"]["LambdaConfig"],
        AutoVerifiedAttributes=["email"],
        UserAttributeUpdateSettings={"AttributesRequireVerificationBeforeUpdate": ["email"]},
    )
    new = [{"Name": "email", "Value": "alice2@example.com"}]
    world("UpdateUserAttributes", AccessToken=token, UserAttributes=new)
    event = called(functions)
    assert event["triggerSource"] == "CustomEmailSender_UpdateUserAttribute"
    assert event["request"]["userAttributes"]["email"] == "alice2@example.com"


def test_without_kms_the_code_is_plain(world: World, functions: Functions, settings: Settings) -> None:
    settings.POOL_SENDER_CODES = "plain"
    configure(world, functions, lambda event: event)
    sign_up(world)
    code = base64.b64decode(called(functions)["request"]["code"]).decode()
    world("ConfirmSignUp", ClientId=world.client_id, Username="zoe", ConfirmationCode=code)


def raises(event: Event) -> Event:
    raise Raises(f"cannot send {event['request']['code']}")


def test_t154_a_function_that_fails_is_a_line_in_the_log_without_the_code(
    world: World, functions: Functions, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.POOL_SENDER_CODES = "plain"
    configure(world, functions, raises)
    with caplog.at_level(logging.ERROR, logger="flows.pool.delivery.custom_senders"):
        sign_up(world)
        code = called(functions)["request"]["code"]
        eventually(lambda: "CustomEmailSender_SignUp failed: FunctionRaised" in caplog.text)
    assert code not in caplog.text


def test_a_function_that_hangs_holds_up_no_mail(world: World, functions: Functions, settings: Settings) -> None:
    settings.POOL_SENDER_CODES, let_go = "plain", threading.Event()

    def hang(event: Event) -> Event:
        let_go.wait(10)
        return event

    mfa.give(world, "email")
    configure(world, functions, hang)
    for _ in range(3):
        world("ForgotPassword", ClientId=world.client_id, Username="alice")
    sent: list[str] = []
    background.DELIVERY.soon(lambda: sent.append("mail"), what="mail")
    try:
        eventually(lambda: sent)
        assert not let_go.is_set()
    finally:
        let_go.set()


def test_a_key_that_cannot_be_used_is_told_in_the_log(
    world: World, functions: Functions, caplog: pytest.LogCaptureFixture
) -> None:
    configure(world, functions, lambda event: event, key=KEY_ARN.replace("1b5b", "9999"))
    with caplog.at_level(logging.ERROR, logger="flows.pool.delivery.custom_senders"):
        sign_up(world)
        eventually(lambda: "POOL_SENDER_CODES=plain" in caplog.text)
    assert functions.events == []


def test_nobody_is_written_to_who_does_not_exist(world: World, functions: Functions) -> None:
    configure(world, functions, lambda event: event)
    world("ForgotPassword", ClientId=world.client_id, Username="nobody")
    mfa.give(world, "email")
    world("ForgotPassword", ClientId=world.client_id, Username="alice")
    assert called(functions)["userName"] == "alice"
    assert len(functions.events) == 1


@pytest.mark.parametrize(
    "config",
    [
        {"CustomEmailSender": {"LambdaArn": "arn:aws:lambda:us-east-1:1:function:a", "LambdaVersion": "V1_0"}},
        {
            "PreTokenGeneration": "arn:aws:lambda:us-east-1:123456789012:function:a",
            "PreTokenGenerationConfig": {
                "LambdaArn": "arn:aws:lambda:us-east-1:123456789012:function:b",
                "LambdaVersion": "V2_0",
            },
        },
    ],
)
def test_triggers_that_contradict_each_other(world: World, config: dict[str, Any]) -> None:
    code, _ = world.refusal("UpdateUserPool", UserPoolId=world.pool_id, LambdaConfig=config)
    assert code == "InvalidParameterException"
