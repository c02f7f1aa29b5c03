"""CustomEmailSender and CustomSMSSender: functions that send a pool's messages in its place.

Section 6.3 of the protocol notes; developer guide, "Custom sender Lambda triggers".

Nobody waits for them, and what goes wrong is a line in the log. A code is handed over as AWS does it: encrypted by the
AWS Encryption SDK under the pool's KMSKeyID, with the KMS that boto3 finds (AWS_ENDPOINT_URL_KMS for an emulator), or
with POOL_SENDER_CODES=plain as base64 of itself, for machines without KMS.
"""

import base64
import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

import aws_encryption_sdk
from aws_encryption_sdk.exceptions import AWSEncryptionSDKClientError
from aws_encryption_sdk.identifiers import CommitmentPolicy
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.db import transaction

from flows.pool.delivery import background
from flows.pool.directory.addresses import Address
from flows.pool.lambda_triggers import triggers
from flows.pool.lambda_triggers.triggers import Origin, Subject
from flows.pool.lambdas.outcomes import InvocationFailed
from flows.pool.models import PoolUser
from flows.terms import Trigger, TriggerSource

logger = logging.getLogger(__name__)

PLAIN = "plain"
_OF_MEDIUM = {"email": Trigger.CUSTOM_EMAIL_SENDER, "sms": Trigger.CUSTOM_SMS_SENDER}
_TYPE = {
    Trigger.CUSTOM_EMAIL_SENDER: "customEmailSenderRequestV1",
    Trigger.CUSTOM_SMS_SENDER: "customSMSSenderRequestV1",
}


def sends(user: PoolUser, medium: str) -> bool:
    """Whether the user's pool has such a function for ``medium``, "email" or "sms"."""
    return triggers.is_configured(user.pool, _OF_MEDIUM[medium])


def hand_over(user: PoolUser, address: Address, *, purpose: str, code: str, origin: Origin) -> None:
    """Have the function called once the present transaction has been committed, from a thread of its own.

    It finds ``address`` among the attributes, also one that is the user's only when the code has come back.
    """
    trigger = _OF_MEDIUM[address.medium]
    call = partial(
        _call,
        trigger,
        TriggerSource(f"{trigger}_{purpose}"),
        Subject(pool=user.pool, username=user.username, origin=origin),
        {
            "type": _TYPE[trigger],
            "clientMetadata": dict(origin.client_metadata),
            "userAttributes": triggers.user_attributes(user) | {address.attribute: address.value},
        },
        code,
    )
    what = f"{purpose} by {trigger} of pool {user.pool_id}"
    transaction.on_commit(partial(background.CUSTOM_SENDERS.soon, call, what=what))


def _call(trigger: Trigger, source: TriggerSource, subject: Subject, request: Mapping[str, Any], code: str) -> None:
    """In a thread that has no business with the database."""
    try:
        encrypted = _encrypted(code, str(subject.pool.setting("LambdaConfig")["KMSKeyID"]))
    except (AWSEncryptionSDKClientError, BotoCoreError, ClientError) as error:
        reason = "the code could not be encrypted under KMSKeyID (POOL_SENDER_CODES=plain is for machines without KMS)"
        logger.error("%s not called: %s: %s", source, reason, type(error).__name__)
        return
    try:
        triggers.tell(trigger, source, subject, request={**request, "code": encrypted})
    except InvocationFailed as failure:  # only the kind: a function's words may hold the code (T154)
        logger.error("%s failed: %s", source, type(failure).__name__)


def _encrypted(code: str, key_id: str) -> str:
    """Text for the event. Raises what KMS or the SDK refuses with."""
    if settings.POOL_SENDER_CODES == PLAIN:
        return base64.b64encode(code.encode()).decode()
    # Without key commitment, as Cognito does it: functions of every age can read it.
    client = aws_encryption_sdk.EncryptionSDKClient(commitment_policy=CommitmentPolicy.FORBID_ENCRYPT_ALLOW_DECRYPT)
    key = aws_encryption_sdk.StrictAwsKmsMasterKeyProvider(key_ids=[key_id])
    ciphertext, _ = client.encrypt(source=code.encode(), key_provider=key)
    return base64.b64encode(ciphertext).decode()
