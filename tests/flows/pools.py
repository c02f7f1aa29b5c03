"""What a pool and its user need so that the portal meets a challenge, and what a person answers it with."""

import base64
import hashlib
import hmac
import re
import struct
import time
from typing import Any

from flows.pool.delivery import outbox
from tests.flows.portal import Portal
from tests.pools import EVERY_FLOW, User

CHOICE = (*EVERY_FLOW, "ALLOW_USER_AUTH")
EMAIL = {"Message": "Your code is {####}", "Subject": "Code"}
SMS = {"SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::000000000000:role/sms"}}
MFA: dict[str, dict[str, Any]] = {
    "SOFTWARE_TOKEN_MFA": {"SoftwareTokenMfaConfiguration": {"Enabled": True}},
    "EMAIL_OTP": {"EmailMfaConfiguration": EMAIL},
    "SMS_MFA": {"SmsMfaConfiguration": SMS},
}
PHONE = "+41446681800"


def by_choice(portal: Portal, *factors: str) -> Portal:
    """A portal whose pool allows these first factors, through a client that may begin USER_AUTH."""
    cognito, pool_id = portal.pool.cognito, portal.pool.pool_id
    cognito.update_user_pool(
        UserPoolId=pool_id,
        Policies={"SignInPolicy": {"AllowedFirstAuthFactors": list(factors)}},
        EmailConfiguration={"EmailSendingAccount": "DEVELOPER", "SourceArn": "arn:aws:ses:us-east-1:0:identity/x"},
    )
    return portal.use(portal.pool.add_app(flows=CHOICE))


def require_mfa(portal: Portal, *factors: str, mode: str = "ON", **members: Any) -> None:
    """SetUserPoolMfaConfig."""
    wanted: dict[str, Any] = {}
    for factor in factors:
        wanted |= MFA[factor]
    pool = portal.pool
    pool.cognito.update_user_pool(
        UserPoolId=pool.pool_id,
        EmailConfiguration={"EmailSendingAccount": "DEVELOPER", "SourceArn": "arn:aws:ses:us-east-1:0:identity/x"},
    )
    pool.cognito.set_user_pool_mfa_config(UserPoolId=pool.pool_id, MfaConfiguration=mode, **wanted, **members)


def with_phone(portal: Portal, user: User) -> None:
    pairs = [{"Name": "phone_number", "Value": PHONE}, {"Name": "phone_number_verified", "Value": "true"}]
    portal.pool.cognito.admin_update_user_attributes(
        UserPoolId=portal.pool.pool_id, Username=user.username, UserAttributes=pairs
    )


def last_code() -> str:
    """The code of the newest message."""
    found = re.findall(r"\b\d{6,8}\b", outbox.messages()[-1]["text"])
    return str(found[-1])


def app_code_at(secret: str, *, steps: int = 0) -> str:
    """What an authenticator app shows now, or so many 30-second steps from now (RFC 6238, written for the tests)."""
    digest = hmac.new(
        base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30 + steps), hashlib.sha1
    ).digest()
    (number,) = struct.unpack_from(">I", digest, digest[19] & 15)
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06d}"
