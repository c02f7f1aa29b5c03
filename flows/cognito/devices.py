"""What a browser is to the pool: a device with a key of the pool's and a secret of its own (protocol notes, 4.9).

Cognito hands a device key out with the tokens. Whoever confirms it sends an SRP verifier of a random secret, and later
proves to have that secret; where the pool says so, the proof stands for the second factor.
"""

import base64
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from flows.cognito import auth, srp
from flows.cognito.connection import current
from flows.cognito.errors import CognitoError
from flows.cognito.exchange import perform
from flows.cognito.outcome import Challenge, NewDevice, Outcome
from flows.terms import ChallengeName

DEVICE_REFUSED = "DeviceRefused"  # the pool knows the device and does not believe its proof
_SECRET_BYTES = 40  # what amazon-cognito-identity-js and Amplify take
_SALT_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """``secret`` is text: it stands where a password does in SRP."""

    key: str
    group: str
    secret: str = field(repr=False)


def make(new: NewDevice, *, token_bytes: Callable[[int], bytes] = secrets.token_bytes) -> Device:
    """A device with a fresh secret, not yet known to the pool."""
    return Device(key=new.key, group=new.group, secret=base64.b64encode(token_bytes(_SECRET_BYTES)).decode())


def verifier(device: Device, *, salt: int) -> dict[str, str]:
    """ConfirmDevice's DeviceSecretVerifierConfig: salt and g^x as base64 of their signed bytes."""
    x = srp.password_hash(identity=device.group + device.key, password=device.secret, salt=salt)
    return {"Salt": _base64(salt), "PasswordVerifier": _base64(srp.power(srp.G, x))}


def confirm(device: Device, *, access_token: str, name: str) -> bool:
    """ConfirmDevice. Returns whether the pool wants the person's word before it remembers. Raises ``CognitoError``."""
    request = {
        "AccessToken": access_token,
        "DeviceKey": device.key,
        "DeviceSecretVerifierConfig": verifier(device, salt=int.from_bytes(secrets.token_bytes(_SALT_BYTES), "big")),
        "DeviceName": name,
    }
    return bool(perform("ConfirmDevice", request, connection=current()).get("UserConfirmationNecessary"))


def remember(key: str, *, access_token: str) -> None:
    """UpdateDeviceStatus: the person wants this device remembered. Raises ``CognitoError``."""
    request = {"AccessToken": access_token, "DeviceKey": key, "DeviceRememberedStatus": "remembered"}
    perform("UpdateDeviceStatus", request, connection=current())


def prove(device: Device, *, user_id: str, session: str, by_admin: bool, now: datetime) -> Outcome:
    """Answer DEVICE_SRP_AUTH and the DEVICE_PASSWORD_VERIFIER that follows it, as an administrator or the app client.

    Raises ``CognitoError``, with code DEVICE_REFUSED when the proof is not believed.
    """
    respond, ephemeral = auth.admin_respond if by_admin else auth.respond, srp.begin()
    named = {"USERNAME": user_id, "DEVICE_KEY": device.key}
    asked = respond(ChallengeName.DEVICE_SRP_AUTH, {**named, "SRP_A": ephemeral.srp_a}, session=session)
    if not isinstance(asked, Challenge) or asked.name != ChallengeName.DEVICE_PASSWORD_VERIFIER:
        return asked
    proof = srp.claim(
        ephemeral,
        password=device.secret,
        pool_name=device.group,
        parameters={**asked.parameters, "USER_ID_FOR_SRP": device.key},
        now=now,
    )
    try:
        return respond(ChallengeName.DEVICE_PASSWORD_VERIFIER, {**named, **proof}, session=asked.session)
    except CognitoError as error:
        raise _as_refusal(error) from None


def _as_refusal(error: CognitoError) -> CognitoError:
    if error.code != "NotAuthorizedException":
        return error
    return CognitoError(DEVICE_REFUSED, error.operation, request_id=error.request_id, message=error.message)


def _base64(number: int) -> str:
    return base64.b64encode(srp.padded(number)).decode()
