"""Sending: e-mail by Amazon SES (API version 2), text messages by Amazon SNS. The only file with boto3.

Lambda's Python runtime brings boto3 along, so the bundle does not. Region and credentials are the function's own;
``AWS_ENDPOINT_URL_SESV2`` and ``AWS_ENDPOINT_URL_SNS`` point elsewhere, as boto3 has it. Environment: ``MAIL_FROM``.
"""

from functools import cache
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from flows.triggers import environment

# Cognito waits five seconds for the whole function, and then calls it once more: better no message than three.
_CONFIG = Config(connect_timeout=1, read_timeout=2, retries={"total_max_attempts": 1})
FAILURES = (
    BotoCoreError,
    ClientError,
    ResponseParserError,
)  # the last, for an HTML page of a proxy, is no BotoCoreError


class NotSent(Exception):
    """The service did not take the message. Says which error it was, never to whom or what."""


def send_email(address: str, *, subject: str, text: str, html: str) -> None:
    """Raises ``NotSent``."""
    body = {"Text": _part(text), "Html": _part(html)}
    try:
        _ses().send_email(
            FromEmailAddress=environment.text("MAIL_FROM"),
            Destination={"ToAddresses": [address]},
            Content={"Simple": {"Subject": _part(subject), "Body": body}},
        )
    except FAILURES as error:
        raise NotSent(_name(error)) from None


def send_text_message(phone_number: str, *, text: str) -> None:
    """``phone_number`` as E.164. Raises ``NotSent``."""
    try:
        _sns().publish(PhoneNumber=phone_number, Message=text)
    except FAILURES as error:
        raise NotSent(_name(error)) from None


def _name(error: Exception) -> str:
    """Without AWS's words, which name the address."""
    return error.response["Error"]["Code"] if isinstance(error, ClientError) else type(error).__name__


@cache
def _ses() -> Any:
    return boto3.client("sesv2", config=_CONFIG)


@cache
def _sns() -> Any:
    return boto3.client("sns", config=_CONFIG)


def _part(data: str) -> dict[str, str]:
    return {"Data": data, "Charset": "UTF-8"}
