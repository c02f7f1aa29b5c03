"""Text messages by Amazon SNS. Region, credentials and endpoint are found as boto3 finds them everywhere."""

from functools import cache
from typing import Any

import boto3
from botocore.config import Config

from flows.pool.tools import Message

# "Transactional": delivery is optimised for reliability, as SNS's documentation asks for one-time codes.
_ATTRIBUTES = {"AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"}}


def send(pool_id: str, message: Message) -> None:
    """Publish to the telephone number. Raises ClientError or BotoCoreError."""
    _client().publish(PhoneNumber=message.destination, Message=message.text, MessageAttributes=_ATTRIBUTES)


@cache
def _client() -> Any:
    """One for all threads: clients may be shared, making them may not."""
    return boto3.session.Session().client("sns", config=Config(connect_timeout=5, read_timeout=10))
