"""What a sign-in call can come to: tokens, or the next question. There is no third."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flows.cognito.errors import BAD_ANSWER, CognitoError


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """AuthenticationResult, unverified. ``expires_in`` is the access token's life in seconds.

    ``refresh_token`` is empty when a refresh kept the old one (rotation off).
    """

    id_token: str = field(repr=False)
    access_token: str = field(repr=False)
    refresh_token: str = field(default="", repr=False)
    expires_in: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDevice:
    """NewDeviceMetadata: Cognito tracks this sign-in as that device, once it is confirmed."""

    key: str
    group: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Cognito is satisfied. ``device_forgotten``: it did not know the device that was named, and was asked without."""

    tokens: Tokens
    new_device: NewDevice | None = None
    device_forgotten: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """Cognito asks. ``name`` stays text: an unknown one must reach the step table, which refuses it by name."""

    name: str
    parameters: Mapping[str, str] = field(default_factory=dict, repr=False)
    session: str = field(default="", repr=False)
    available: tuple[str, ...] = ()
    device_forgotten: bool = False


Outcome = SignedIn | Challenge


def read(response: Mapping[str, Any], *, operation: str) -> Outcome:
    """Parse an InitiateAuth-like answer.

    An empty, cut or foreign body comes out of boto3 as ``{}``; an answer with tokens *and* a challenge is no answer
    either. Both are ``CognitoError``: nobody is signed in by a misunderstanding (T137, T138).
    """
    result, name = response.get("AuthenticationResult"), response.get("ChallengeName")
    if bool(result) == bool(name):
        raise CognitoError(BAD_ANSWER, operation, message="neither tokens nor a challenge" if not name else "both")
    if result:
        return SignedIn(read_tokens(result, operation=operation), new_device=_new_device(result))
    return Challenge(
        name=str(name),
        parameters=dict(response.get("ChallengeParameters") or {}),
        session=response.get("Session") or "",
        available=tuple(response.get("AvailableChallenges") or ()),
    )


def read_tokens(result: Mapping[str, Any], *, operation: str) -> Tokens:
    """Parse an AuthenticationResult; the refresh token may be absent, the other two may not."""
    try:
        return Tokens(
            id_token=result["IdToken"],
            access_token=result["AccessToken"],
            refresh_token=result.get("RefreshToken") or "",
            expires_in=int(result["ExpiresIn"]),
        )
    except KeyError as missing:
        raise CognitoError(BAD_ANSWER, operation, message=f"no {missing.args[0]}") from None


def _new_device(result: Mapping[str, Any]) -> NewDevice | None:
    """Half of the metadata is none: a device without its group cannot prove itself."""
    told = result.get("NewDeviceMetadata") or {}
    if not (told.get("DeviceKey") and told.get("DeviceGroupKey")):
        return None
    return NewDevice(key=told["DeviceKey"], group=told["DeviceGroupKey"])
