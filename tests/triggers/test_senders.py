"""The custom senders: codes that the AWS Encryption SDK encrypted, as Cognito does, and what cannot be decrypted."""

import base64
from typing import Any

import aws_encryption_sdk
import pytest
from aws_encryption_sdk import CommitmentPolicy, StrictAwsKmsMasterKeyProvider

from flows.pool.lambdas.outcomes import FunctionRaised
from flows.triggers.messages import NotSent
from tests.kms import KEY_ARN
from tests.triggers.attempt import ANNA, here
from tests.triggers.aws import Aws
from tests.triggers.functions import with_environment


@pytest.fixture(autouse=True)
def sender(monkeypatch: pytest.MonkeyPatch, aws: Aws) -> None:
    for name, value in {"KEY_ARN": KEY_ARN, "MAIL_FROM": "x@site.example", "SITE_NAME": "A & B"}.items():
        monkeypatch.setenv(name, value)


def encrypted(code: str) -> str:
    client = aws_encryption_sdk.EncryptionSDKClient(commitment_policy=CommitmentPolicy.FORBID_ENCRYPT_ALLOW_DECRYPT)
    content, _ = client.encrypt(source=code.encode(), key_provider=StrictAwsKmsMasterKeyProvider(key_ids=[KEY_ARN]))
    return base64.b64encode(content).decode()


def event(source: str, code: str | None) -> dict[str, Any]:
    return {
        "version": "1",
        "triggerSource": source,
        "region": "eu-west-1",
        "userPoolId": "eu-west-1_Example00",
        "userName": "anna",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": "0example0"},
        "request": {
            "type": "customEmailSenderRequestV1",
            "code": code,
            "clientMetadata": None,
            "userAttributes": {**ANNA, "phone_number": "+15555550100"},
        },
        "response": {},
    }


@pytest.mark.parametrize("code", ["123456", "A temporary <Password> & more"])
def test_a_code_by_e_mail(aws: Aws, code: str) -> None:
    here("custom-email-sender", event("CustomEmailSender_AdminCreateUser", encrypted(code)))
    (message,) = aws.emails
    content = message["Content"]["Simple"]
    assert message["Destination"]["ToAddresses"] == ["anna@example.com"]
    assert content["Subject"]["Data"] == "A & B: Your temporary password"
    assert content["Body"]["Text"]["Data"] == f"Your code for A & B is {code}."
    assert "<Password>" not in content["Body"]["Html"]["Data"]


def test_a_code_by_text_message(aws: Aws) -> None:
    here("custom-sms-sender", event("CustomSMSSender_Authentication", encrypted("123456")))
    assert (aws.texts[0]["PhoneNumber"], aws.texts[0]["Message"]) == ("+15555550100", "Your code for A & B is 123456.")


def test_a_notification_has_no_code(aws: Aws) -> None:
    here("custom-email-sender", event("CustomEmailSender_AccountTakeOverNotification", None))
    assert "A sign-in that was not like you" in aws.emails[0]["Content"]["Simple"]["Subject"]["Data"]
    here("custom-sms-sender", event("CustomSMSSender_Authentication", None))
    assert not aws.texts


def test_emulators_without_kms(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENDER_CODES", "plain")
    here("custom-sms-sender", event("CustomSMSSender_Authentication", base64.b64encode(b"123456").decode()))
    assert aws.texts[0]["Message"].endswith("123456.")


@pytest.mark.parametrize("key_arn", ["", f"{KEY_ARN}1", KEY_ARN])
def test_what_cannot_be_decrypted_is_not_sent(aws: Aws, key_arn: str) -> None:
    """No key, another one, and a code that is not encrypted at all. In a process of their own: the library's decryptor
    does not close without noise when it could not be made."""
    code = base64.b64encode(b"123456").decode() if key_arn == KEY_ARN else encrypted("123456")
    run = with_environment(**aws.variables, KEY_ARN=key_arn, MAIL_FROM="x@site.example")
    with pytest.raises(FunctionRaised):
        run("custom-email-sender", event("CustomEmailSender_SignUp", code))
    assert not aws.emails


@pytest.mark.parametrize("name", ["custom-email-sender", "custom-sms-sender"])
def test_what_was_not_sent_is_an_error_without_the_address(
    aws: Aws, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Nobody waits for the answer; Lambda's own metrics count it, and its retries send it again."""
    monkeypatch.setenv("SENDER_CODES", "plain")
    aws.down = True
    with pytest.raises(NotSent) as raised:
        here(name, event("CustomEmailSender_SignUp", base64.b64encode(b"123456").decode()))
    assert "anna" not in str(raised.value)
    assert "5555" not in str(raised.value)
