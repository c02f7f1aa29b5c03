"""What the tests of second factors share: pools that have them, and an authenticator app written apart from ours."""

import base64
import hashlib
import hmac
import struct
from typing import Any

from tests.pool.conftest import PASSWORD, World

EMAIL = {"Message": "Your code is {####}", "Subject": "Code"}
SMS = {"SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::000000000000:role/sms"}}
SETTINGS: dict[str, dict[str, Any]] = {
    "SOFTWARE_TOKEN_MFA": {"SoftwareTokenMfaConfiguration": {"Enabled": True}},
    "EMAIL_OTP": {"EmailMfaConfiguration": EMAIL},
    "SMS_MFA": {"SmsMfaConfiguration": SMS},
}
BLOCK = {
    "SOFTWARE_TOKEN_MFA": "SoftwareTokenMfaSettings",
    "EMAIL_OTP": "EmailMfaSettings",
    "SMS_MFA": "SMSMfaSettings",
}
ADDRESS = {"email": "alice@example.com", "phone_number": "+4915112345678"}
ANSWER = {"EMAIL_OTP": "EMAIL_OTP_CODE", "SMS_MFA": "SMS_MFA_CODE", "SOFTWARE_TOKEN_MFA": "SOFTWARE_TOKEN_MFA_CODE"}


def require(world: World, mode: str, *factors: str, **members: Any) -> None:
    """SetUserPoolMfaConfig with these factors; mode OFF, OPTIONAL or ON."""
    world(
        "UpdateUserPool",
        UserPoolId=world.pool_id,
        EmailConfiguration={"EmailSendingAccount": "DEVELOPER", "SourceArn": "arn:aws:ses:us-east-1:0:identity/x"},
    )
    settings: dict[str, Any] = {}
    for factor in factors:
        settings |= SETTINGS[factor]
    world("SetUserPoolMfaConfig", UserPoolId=world.pool_id, MfaConfiguration=mode, **settings, **members)


def give(world: World, attribute: str, *, verified: bool = True, name: str = "alice") -> None:
    """An address of alice's."""
    flag = {"Name": f"{attribute}_verified", "Value": str(verified).lower()}
    pairs = [{"Name": attribute, "Value": ADDRESS[attribute]}, flag]
    world("AdminUpdateUserAttributes", UserPoolId=world.pool_id, Username=name, UserAttributes=pairs)


def app_code(world: World, secret: str, *, steps: int = 0) -> str:
    """What an authenticator app shows ``steps`` 30-second steps from now (RFC 6238, written for the tests)."""
    count = int(world.clock().timestamp()) // 30 + steps
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", count), hashlib.sha1).digest()
    (number,) = struct.unpack_from(">I", digest, digest[19] & 15)
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06d}"


def next_code(world: World, secret: str) -> str:
    """The code of a later step than any that was used."""
    world.clock.forward(seconds=30)
    return app_code(world, secret)


def set_up_app(world: World, *, name: str = "alice", **settings: bool) -> str:
    """An app of a signed-in user; with ``Enabled=True`` also turned on. Returns its secret."""
    token = world.sign_in(name)["AccessToken"]
    secret = str(world("AssociateSoftwareToken", AccessToken=token)["SecretCode"])
    assert world("VerifySoftwareToken", AccessToken=token, UserCode=app_code(world, secret))["Status"] == "SUCCESS"
    if settings:
        prefer(world, "SOFTWARE_TOKEN_MFA", name=name, **settings)
    return secret


def prefer(world: World, factor: str, *, name: str = "alice", **settings: bool) -> None:
    """AdminSetUserMFAPreference for one factor."""
    world("AdminSetUserMFAPreference", UserPoolId=world.pool_id, Username=name, **{BLOCK[factor]: settings})


def begin(world: World, name: str = "alice", password: str = PASSWORD) -> dict[str, Any]:
    """InitiateAuth with the password; what it answers."""
    return world("InitiateAuth", **world.password_request(name, password))


def answer(world: World, asked: dict[str, Any], *, as_name: str = "", **responses: str) -> dict[str, Any]:
    """The request that answers ``asked``; ``as_name`` instead of the challenge that it asks."""
    return {
        "ClientId": world.client_id,
        "ChallengeName": as_name or asked["ChallengeName"],
        "Session": asked["Session"],
        "ChallengeResponses": {"USERNAME": "alice", **responses},
    }


def respond(world: World, asked: dict[str, Any], **responses: str) -> dict[str, Any]:
    return world("RespondToAuthChallenge", **answer(world, asked, **responses))


def refused(world: World, asked: dict[str, Any], *, as_name: str = "", **responses: str) -> tuple[str, str]:
    return world.refusal("RespondToAuthChallenge", **answer(world, asked, as_name=as_name, **responses))


def sent_code(world: World) -> str:
    """The code of the newest message."""
    return world.sent[-1].code
