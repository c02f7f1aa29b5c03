"""The JSON in which a browser hands over a WebAuthn ceremony: RegistrationResponseJSON and AuthenticationResponseJSON.

Level 3, sections 5.1.8 and 5.1.9. A member that is missing, of another type, empty or not base64url is ``Malformed``;
members that nobody here knows are left alone, for browsers add some to see who minds (section 5.8.1).
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flows.pool.errors import PoolError
from flows.pool.protocol import strict_json

TRANSPORTS = frozenset({"ble", "hybrid", "internal", "nfc", "smart-card", "usb"})
ATTACHMENTS = frozenset({"cross-platform", "platform"})

_BASE64URL = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


class Refused(Exception):
    """A ceremony is not accepted; the text says why, to a developer."""


class Malformed(Refused):
    """It is not what a browser makes of these options."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientData:
    """CollectedClientData, section 5.8.1: what the browser says of the ceremony."""

    type: str
    challenge: bytes
    origin: str
    embedded: bool  # by a page of another origin
    hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """What both kinds of JSON have in common. ``response`` has the rest, unread."""

    id: bytes
    attachment: str
    client_data: ClientData
    response: Mapping[str, Any]


def read(document: object) -> Credential:
    """A credential as its JSON was parsed. Raises Malformed."""
    if not isinstance(document, Mapping):
        raise Malformed("It is no credential.")
    credential_id, response = binary(document, "rawId"), document.get("response")
    if document.get("id") != encode(credential_id) or document.get("type") != "public-key":
        raise Malformed("id or type")
    if not isinstance(response, Mapping) or not isinstance(document.get("clientExtensionResults", {}), Mapping):
        raise Malformed("response or clientExtensionResults")
    attachment = document.get("authenticatorAttachment")
    return Credential(
        id=credential_id,
        attachment=attachment if attachment in tuple(ATTACHMENTS) else "",
        client_data=_client_data(binary(response, "clientDataJSON")),
        response=response,
    )


def parse(text: str) -> Credential:
    """The same of JSON text."""
    return read(_json(text.encode(), "CREDENTIAL"))


def transports(response: Mapping[str, Any]) -> list[str]:
    """The transports that we have heard of, sorted (section 5.2.1)."""
    said = response.get("transports")
    if said is None:
        return []
    if not isinstance(said, list) or not all(isinstance(each, str) for each in said):
        raise Malformed("transports")
    return sorted(TRANSPORTS.intersection(said))


def binary(holder: Mapping[str, Any], name: str) -> bytes:
    """The bytes of a member. Raises Malformed."""
    try:
        return decode(_text(holder, name))
    except ValueError:
        raise Malformed(name) from None


def encode(data: bytes) -> str:
    """base64url without padding, as WebAuthn's JSON has all its bytes."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """One byte or more. Raises ValueError for every spelling but the one that ``encode`` has."""
    if not _BASE64URL.fullmatch(text):
        raise ValueError("not base64url")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if encode(data) != text:
        raise ValueError("not canonical")
    return data


def _client_data(raw: bytes) -> ClientData:
    said = _json(raw, "clientDataJSON")
    cross_origin = said.get("crossOrigin", False)
    if not isinstance(cross_origin, bool):
        raise Malformed("crossOrigin")
    return ClientData(
        type=_text(said, "type"),
        challenge=binary(said, "challenge"),
        origin=_text(said, "origin"),
        embedded=cross_origin or "topOrigin" in said,
        hash=hashlib.sha256(raw).digest(),
    )


def _json(raw: bytes, name: str) -> Mapping[str, Any]:
    try:
        return strict_json.parse(raw)
    except PoolError:
        raise Malformed(name) from None


def _text(holder: Mapping[str, Any], name: str) -> str:
    value = holder.get(name)
    if not isinstance(value, str):
        raise Malformed(name)
    return value
