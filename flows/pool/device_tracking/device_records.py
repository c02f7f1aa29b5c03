"""The devices of a user as the device operations keep, show and forget them.

Every change holds the user's row, see ``flows.pool.device_tracking.devices``.
"""

import base64
import binascii
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from flows.pool import identifiers, paging, pools, sealing
from flows.pool.device_tracking import devices
from flows.pool.directory import users
from flows.pool.errors import PoolError, invalid_parameter
from flows.pool.errors.devices import device_does_not_exist, device_key_exists, devices_not_tracked, invalid_device_key
from flows.pool.errors.users import user_does_not_exist
from flows.pool.issuing import refresh
from flows.pool.issuing.access_tokens import Access
from flows.pool.models import Device, PoolUser, RefreshToken, UserPool
from flows.pool.proofs import srp
from flows.pool.tools import Tools

_PURPOSE = "device verifier"
_LONGEST_SALT = 64  # bytes; clients make 16 and send 17 when the top bit is set
REMEMBERED, NOT_REMEMBERED = "remembered", "not_remembered"


def require_tracking(pool: UserPool) -> None:
    """Raise InvalidUserPoolConfigurationException where the pool tracks no devices."""
    if not devices.tracks(pool):
        raise devices_not_tracked()


def owner(pool_id: str, name: str, *, nobody: Callable[[], PoolError] = user_does_not_exist) -> PoolUser:
    """The user whose devices an administrator asks for; ``nobody`` is the operation's refusal of an unknown name."""
    pool = pools.get(pool_id)
    require_tracking(pool)
    user = users.find(pool, name)
    if user is None:
        raise nobody()
    return user


def confirm(access: Access, key: str, *, name: str, config: Mapping[str, str], tools: Tools) -> bool:
    """Make the device that the caller's tokens were given to one of the user's; returns whether it is remembered.

    ``config`` is DeviceSecretVerifierConfig. Raises InvalidParameterException for another device's key or a bad
    verifier, DeviceKeyExistsException the second time.
    """
    pool, user, now = access.client.pool, access.user, tools.now()
    require_tracking(pool)
    if access.claims.get("device_key") != key:
        raise invalid_device_key()
    salt, verifier = _number(config, "Salt"), _number(config, "PasswordVerifier")
    if salt.bit_length() > _LONGEST_SALT * 8:
        raise invalid_parameter(f"Salt must have at most {_LONGEST_SALT} bytes.")
    if not 1 < verifier < srp.N - 1:  # with 0, 1 and N - 1 everybody could prove to be this device
        raise invalid_parameter("PasswordVerifier must be between 2 and N - 2.")
    remembered = not pool.setting("DeviceConfiguration", "DeviceOnlyRememberedOnUserPrompt", default=False)
    with _held(user):
        if Device.objects.filter(key=key).exists():
            raise device_key_exists()
        _require_not_forgotten(access, key)
        Device.objects.create(
            user=user,
            key=key,
            group_key=devices.group_key(key),
            name=name,
            salt=srp.signed(salt),
            sealed_verifier=sealing.seal(_PURPOSE, srp.signed(verifier), bound_to=key),
            remembered=remembered,
            created_at=now,
            modified_at=now,
            authenticated_at=now,
        )
    return remembered


def get(user: PoolUser, key: str) -> Device:
    """Raises ResourceNotFoundException for a key that is not this user's."""
    device = user.devices.filter(key=key).first()
    if device is None:
        raise device_does_not_exist()
    return device


def listed(user: PoolUser, *, limit: int | None, token: str | None) -> dict[str, Any]:
    """A page of devices, oldest first: ``Devices`` and ``PaginationToken``."""
    found, following = paging.page(
        Device.objects.filter(user=user), limit=limit, token=token, of=f"devices of {user.sub}"
    )
    return {"Devices": [describe(device, user) for device in found], "PaginationToken": following}


def set_status(user: PoolUser, key: str, status: str | None, *, tools: Tools) -> None:
    """``remembered`` or ``not_remembered``; without a status nothing changes."""
    with _held(user):
        device = get(user, key)
        if status is not None:
            device.remembered = status == REMEMBERED
            device.modified_at = tools.now()
            device.save(update_fields=["remembered", "modified_at"])


def forget(user: PoolUser, key: str, *, tools: Tools) -> None:
    """The device is nobody's any more, and its refresh tokens are dead."""
    with _held(user):
        get(user, key).delete()
        refresh.end_of_device(user, key, now=tools.now())


def authenticated(device: Device, *, tools: Tools) -> None:
    """Note a right proof, inside the transaction that acts on it; refused when the device was forgotten meanwhile."""
    PoolUser.objects.select_for_update().filter(pk=device.user_id).values_list("pk").first()
    if not Device.objects.filter(pk=device.pk).update(authenticated_at=tools.now()):
        raise device_does_not_exist()


def verifier_of(device: Device) -> int:
    return int.from_bytes(sealing.unseal(_PURPOSE, device.sealed_verifier, bound_to=device.key), "big")


def describe(device: Device, user: PoolUser) -> dict[str, Any]:
    """DeviceType; attributes as in the AWS command line's examples. An address is told only where one is known."""
    owner = f"{user.username}.{user.pool_id}"
    attributes = {
        "device_status": "valid",
        "device_name": device.name,
        "dev:device_arn": identifiers.device_arn(user.pool_id, owner, device.key),
        "dev:device_owner": owner,
        "last_ip_used": device.last_ip,
        "dev:device_remembered_status": REMEMBERED if device.remembered else NOT_REMEMBERED,
    }
    return {
        "DeviceKey": device.key,
        "DeviceAttributes": [{"Name": name, "Value": value} for name, value in attributes.items() if value],
        "DeviceCreateDate": device.created_at,
        "DeviceLastModifiedDate": device.modified_at,
        "DeviceLastAuthenticatedDate": device.authenticated_at,
    }


def _require_not_forgotten(access: Access, key: str) -> None:
    """An access token outlives the device that it was given to, but must not bring it back."""
    family = RefreshToken.objects.filter(event_id=uuid.UUID(access.claims["event_id"]), device_key=key)
    if not family.filter(device_forgotten_at=None, revoked_at=None).exists():
        raise invalid_device_key()


def _number(config: Mapping[str, str], member: str) -> int:
    try:
        raw = base64.b64decode(config.get(member, ""), validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if not raw:
        raise invalid_parameter(f"{member} must be the base64 text of a number.")
    return int.from_bytes(raw, "big")


@contextmanager
def _held(user: PoolUser) -> Iterator[None]:
    with transaction.atomic():
        PoolUser.objects.select_for_update().filter(pk=user.pk).values_list("pk").first()
        yield
