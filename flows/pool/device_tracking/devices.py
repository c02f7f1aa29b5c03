"""Devices in a sign-in: which counts as known, what it spares, what it must prove, what tokens are bound to.

A device gets its key with tokens and is nobody's until ConfirmDevice; only a *remembered* one is asked for a proof and
may stand for the second factor (developer guide, "Working with user devices in your user pool"). Whoever changes a
user's devices holds the user's row, and so does a sign-in that names one, from its first passed challenge on: what
``policy`` decides by stays true until the tokens are stored.
"""

import base64
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from flows.pool import lookup, sealing
from flows.pool.attempt import Attempt
from flows.pool.errors import missing_parameter
from flows.pool.errors.devices import device_does_not_exist
from flows.pool.models import Device, PoolUser, UserPool
from flows.pool.tools import Tools
from flows.terms import ChallengeName


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """The device that tokens are given to; no key where the pool tracks none."""

    key: str = ""
    is_new: bool = False


def tracks(pool: UserPool) -> bool:
    """DeviceConfiguration, which turns tracking on by being there."""
    return bool(pool.setting("DeviceConfiguration"))


def require_known(attempt: Attempt, named: str) -> None:
    """Raise ResourceNotFoundException when this very call names a device that is not the user's.

    After a factor is proved, so that nobody else learns whose device is whose, and before anything is stored, so that
    the client can send the same answer again without the key. A key from an earlier call is only ignored: identity-js
    has sent it with InitiateAuth, and cannot take that back.
    """
    if attempt.user is None or not attempt.device_key or not tracks(attempt.pool):
        return
    lookup.one(PoolUser, for_update=True, id=attempt.user.pk)
    if named and _find(attempt.user, named) is None:
        raise device_does_not_exist()


def known(attempt: Attempt) -> Device | None:
    """The user's device that this attempt names, if it is one."""
    if attempt.user is None or not attempt.device_key or not tracks(attempt.pool):
        return None
    return _find(attempt.user, attempt.device_key)


def answering(attempt: Attempt, responses: Mapping[str, str]) -> Device:
    """The device that must answer a device challenge, and does say so."""
    named = responses.get("DEVICE_KEY")
    if not named:
        raise missing_parameter("DEVICE_KEY")
    device = known(attempt)
    if device is None or device.key != named:
        raise device_does_not_exist()
    return device


def spares_second_factor(attempt: Attempt) -> bool:
    """Does the device that this attempt names stand for the second factor?"""
    if not attempt.pool.setting("DeviceConfiguration", "ChallengeRequiredOnNewDevice", default=False):
        return False
    return _is_remembered(attempt)


def owes_proof(attempt: Attempt) -> bool:
    """Must the device that this attempt names still prove itself?"""
    return ChallengeName.DEVICE_PASSWORD_VERIFIER not in attempt.passed and _is_remembered(attempt)


def for_tokens(attempt: Attempt, *, tools: Tools) -> Binding:
    """What the tokens of a finished sign-in are bound to: the device, or a new key for one that is not known."""
    if not tracks(attempt.pool):
        return Binding()
    if device := known(attempt):
        return Binding(key=device.key)
    fresh = uuid.UUID(bytes=tools.token_bytes(16), version=4)
    return Binding(key=f"{attempt.pool.region}_{fresh}", is_new=True)


def metadata(key: str) -> dict[str, str]:
    """NewDeviceMetadata."""
    return {"DeviceKey": key, "DeviceGroupKey": group_key(key)}


def group_key(key: str) -> str:
    """DeviceGroupKey, in the shape of live ones ("-v7w9UcY6"). Made of the key, so that nothing need be kept of a
    device that is never confirmed."""
    return "-" + base64.urlsafe_b64encode(sealing.keyed_hash("device group", key.encode()))[:8].decode()


def _is_remembered(attempt: Attempt) -> bool:
    device = known(attempt)
    return device is not None and device.remembered


def _find(user: PoolUser, key: str) -> Device | None:
    device = lookup.one(Device, key=key)
    return device if device and device.user_id == user.pk else None
