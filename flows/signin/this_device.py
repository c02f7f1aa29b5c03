"""After a sign-in: let the pool know this browser as a device, if it tracks them. No failure stops a sign-in."""

import logging
from dataclasses import dataclass

from django.http import HttpRequest

from flows.cognito import devices
from flows.cognito.devices import Device
from flows.cognito.errors import CognitoError
from flows.cognito.outcome import SignedIn
from flows.steps.pending import Pending

NAME_MAX = 256
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """``key`` goes along with every refresh; ``device`` is what the browser keeps; ``asks`` for the person's word."""

    key: str = ""
    device: Device | None = None
    asks: bool = False


def settle(request: HttpRequest, outcome: SignedIn, attempt: Pending) -> Standing:
    """What this browser is to the pool from now on."""
    if outcome.new_device is None:
        known = None if outcome.device_forgotten else attempt.device
        return Standing(key=known.key if known else "", device=known)
    device = devices.make(outcome.new_device)
    name = request.headers.get("User-Agent", "")[:NAME_MAX] or "Browser"
    try:
        asks = devices.confirm(device, access_token=outcome.tokens.access_token, name=name)
    except CognitoError as error:
        logger.warning("This browser stays unknown to the pool: %s", error)
        return Standing(key=device.key)
    return Standing(key=device.key, device=device, asks=asks)
