"""The code in a custom sender's event: base64 of ciphertext by the AWS Encryption SDK, under the pool's KMSKeyID.

Environment: ``KEY_ARN``, the key, which the function must be allowed to use (``kms:Decrypt``). Emulators without KMS
hand over base64 of the code itself: ``SENDER_CODES=plain`` takes that, and nothing else.
Source: developer guide, "Custom sender Lambda triggers".
"""

import base64

import aws_encryption_sdk
from aws_encryption_sdk import CommitmentPolicy, StrictAwsKmsMasterKeyProvider

from flows.triggers import environment

PLAIN = "plain"


def decrypt(code: str) -> str:
    """The code to send. Raises what the SDK raises, or ``SettingWrong``."""
    content = base64.b64decode(code, validate=True)
    if environment.text("SENDER_CODES", "") == PLAIN:
        return content.decode()
    # Cognito encrypts without key commitment; what we decrypt is bound to one key of ours all the same.
    client = aws_encryption_sdk.EncryptionSDKClient(commitment_policy=CommitmentPolicy.FORBID_ENCRYPT_ALLOW_DECRYPT)
    key_provider = StrictAwsKmsMasterKeyProvider(key_ids=[environment.text("KEY_ARN")])
    plaintext, _ = client.decrypt(source=content, key_provider=key_provider)
    return str(plaintext, "utf-8")
