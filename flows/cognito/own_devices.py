"""The devices that the pool tracks for somebody who is signed in. (What a device itself does is in ``devices``.)"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flows.cognito.connection import current
from flows.cognito.exchange import perform

_PAGE = 60  # the model's maximum
_STATUS = {"remembered": True, "not_remembered": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDevice:
    """One of ListDevices. ``name`` and ``address`` (the IP address it was last seen at) may be empty; ``remembered`` is
    None where the pool does not tell."""

    key: str
    name: str
    address: str
    remembered: bool | None
    created_at: datetime
    used_at: datetime | None


def all_of(access_token: str) -> list[OwnDevice]:
    """Every device, the one used last first. Raises ``CognitoError``."""
    found: list[OwnDevice] = []
    request: dict[str, Any] = {"AccessToken": access_token, "Limit": _PAGE}
    while True:
        answer = perform("ListDevices", request, connection=current())
        found += [_device(each) for each in answer.get("Devices", [])]
        if not answer.get("PaginationToken"):
            return sorted(found, key=lambda device: device.used_at or device.created_at, reverse=True)
        request["PaginationToken"] = answer["PaginationToken"]


def set_remembered(access_token: str, key: str, *, remembered: bool) -> None:
    """UpdateDeviceStatus. Raises ``CognitoError``."""
    status = "remembered" if remembered else "not_remembered"
    request = {"AccessToken": access_token, "DeviceKey": key, "DeviceRememberedStatus": status}
    perform("UpdateDeviceStatus", request, connection=current())


def forget(access_token: str, key: str) -> None:
    """ForgetDevice. Raises ``CognitoError``."""
    perform("ForgetDevice", {"AccessToken": access_token, "DeviceKey": key}, connection=current())


def _device(each: Mapping[str, Any]) -> OwnDevice:
    attributes = {pair["Name"]: pair.get("Value", "") for pair in each.get("DeviceAttributes", [])}
    return OwnDevice(
        key=each["DeviceKey"],
        name=attributes.get("device_name", ""),
        address=attributes.get("last_ip_used", ""),
        remembered=_STATUS.get(attributes.get("dev:device_remembered_status", "")),
        created_at=each["DeviceCreateDate"],
        used_at=each.get("DeviceLastAuthenticatedDate"),
    )
