"""A passkey provider in software: real registrations and assertions, and every way to bend them.

It stands for browser and authenticator together, written apart from the pool and without its WebAuthn library, so that
a test of the one is not a test of itself. What it returns is what ``PublicKeyCredential.toJSON()`` returns in a
browser, RegistrationResponseJSON or AuthenticationResponseJSON of WebAuthn Level 3 (sections 5.1.8 and 5.1.9)::

    phone = Authenticator()                                          # at http://localhost:8000, ES256, a synced passkey
    options = cognito.start_web_authn_registration(AccessToken=token)["CredentialCreationOptions"]
    cognito.complete_web_authn_registration(AccessToken=token, Credential=phone.register(options))
    ...
    asked = answer["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"]     # the JSON text, as it comes
    {"USERNAME": "alice", "CREDENTIAL": json.dumps(phone.authenticate(asked))}

``Authenticator(origin=..., algorithm=RS256, flags=UP | UV, counts=True)`` is another one: a security key that counts
its signatures. The keyword arguments of ``register`` and ``authenticate`` bend one ceremony: another origin, type,
challenge, relying party, flag, counter, attestation statement, key or signature.
"""

import base64
import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

ES256, RS256 = -7, -257
UP, UV, BE, BS, AT, ED = 0x01, 0x04, 0x08, 0x10, 0x40, 0x80
SYNCED = UP | UV | BE | BS  # what a phone's or password manager's passkey says
DEVICE_BOUND = UP | UV  # what a security key with a PIN says
ICLOUD_KEYCHAIN = bytes.fromhex("fbfc3007154e4ecc8c0b6e020557d7bd")

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
Options = Mapping[str, Any] | str  # JSON as a client receives it, parsed or not


class NotAllowed(Exception):
    """What a browser calls NotAllowedError: no passkey of this authenticator fits the request."""


@dataclass(kw_only=True)
class Passkey:
    """A credential that the authenticator keeps."""

    id: bytes
    rp_id: str
    user_handle: bytes
    key: PrivateKey
    sign_count: int = 0

    def sign(self, message: bytes) -> bytes:
        """A DER signature by an elliptic curve, PKCS #1 v1.5 by RSA; over SHA-256 both."""
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(message, padding.PKCS1v15(), hashes.SHA256())
        return self.key.sign(message, ec.ECDSA(hashes.SHA256()))


@dataclass(kw_only=True)
class Authenticator:
    """``counts``: each signature adds one to the sign count, which otherwise stays 0 as synced passkeys have it."""

    origin: str = "http://localhost:8000"
    algorithm: int = ES256
    flags: int = SYNCED
    counts: bool = False
    aaguid: bytes = ICLOUD_KEYCHAIN
    attachment: str = "platform"
    transports: tuple[str, ...] = ("hybrid", "internal")
    passkeys: list[Passkey] = field(default_factory=list)

    def register(
        self,
        options: Options,
        *,
        client_data: Mapping[str, Any] | bytes | None = None,
        rp_id: str | None = None,
        flags: int | None = None,
        sign_count: int | None = None,
        credential_id: bytes | None = None,
        key: PrivateKey | None = None,
        cose_key: Mapping[int, Any] | bytes | None = None,
        fmt: str = "none",
        statement: Mapping[str, Any] | Callable[[bytes], Mapping[str, Any]] | None = None,
        extensions: bytes = b"",
    ) -> dict[str, Any]:
        """A new passkey for the options of StartWebAuthnRegistration, kept under ``passkeys``.

        ``client_data``: members to replace or add, or the whole as bytes. ``statement``: the attestation statement, or
        a function of what it signs (authenticator data and client data hash). ``extensions``: bytes behind the key.
        """
        asked = _parsed(options)
        made = Passkey(
            id=os.urandom(20) if credential_id is None else credential_id,
            rp_id=asked["rp"]["id"],
            user_handle=decode(asked["user"]["id"]),
            key=key or new_key(self.algorithm),
            sign_count=int(self.counts) if sign_count is None else sign_count,
        )
        self.passkeys.append(made)
        collected = self._client_data("webauthn.create", asked["challenge"], client_data)
        encoded_key = cose_key if isinstance(cose_key, bytes) else cbor(cose_key or cose(made.key))
        data = authenticator_data(
            rp_id or made.rp_id,
            AT | (self.flags if flags is None else flags),
            made.sign_count,
            self.aaguid + len(made.id).to_bytes(2, "big") + made.id + encoded_key + extensions,
        )
        signed = data + hashlib.sha256(collected).digest()
        said = statement(signed) if callable(statement) else statement or {}
        return {
            "id": encode(made.id),
            "rawId": encode(made.id),
            "type": "public-key",
            "authenticatorAttachment": self.attachment,
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": encode(collected),
                "attestationObject": encode(cbor({"fmt": fmt, "attStmt": said, "authData": data})),
                "transports": list(self.transports),
                "publicKeyAlgorithm": self.algorithm,
                "authenticatorData": encode(data),
            },
        }

    def authenticate(
        self,
        options: Options,
        *,
        passkey: Passkey | None = None,
        client_data: Mapping[str, Any] | bytes | None = None,
        rp_id: str | None = None,
        flags: int | None = None,
        sign_count: int | None = None,
        user_handle: bytes | None = None,
        signature: Callable[[bytes], bytes] | None = None,
        tail: bytes = b"",
    ) -> dict[str, Any]:
        """An assertion for CREDENTIAL_REQUEST_OPTIONS by a passkey that they allow, or by ``passkey`` all the same.

        ``signature``: a function of the signed bytes. ``tail``: bytes behind the authenticator data. Raises
        ``NotAllowed`` when no passkey fits, as ``navigator.credentials.get`` does.
        """
        asked = _parsed(options)
        used = passkey or self._fitting(asked)
        if self.counts:
            used.sign_count += 1
        collected = self._client_data("webauthn.get", asked["challenge"], client_data)
        counter = used.sign_count if sign_count is None else sign_count
        data = authenticator_data(rp_id or used.rp_id, self.flags if flags is None else flags, counter, tail)
        message = data + hashlib.sha256(collected).digest()
        return {
            "id": encode(used.id),
            "rawId": encode(used.id),
            "type": "public-key",
            "authenticatorAttachment": self.attachment,
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": encode(collected),
                "authenticatorData": encode(data),
                "signature": encode((signature or used.sign)(message)),
                "userHandle": encode(used.user_handle if user_handle is None else user_handle),
            },
        }

    def _fitting(self, asked: Mapping[str, Any]) -> Passkey:
        allowed = [decode(each["id"]) for each in asked.get("allowCredentials") or []]
        for passkey in self.passkeys:
            if passkey.rp_id == asked["rpId"] and (not allowed or passkey.id in allowed):
                return passkey
        raise NotAllowed

    def _client_data(self, kind: str, challenge: str, bent: Mapping[str, Any] | bytes | None) -> bytes:
        if isinstance(bent, bytes):
            return bent
        members = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False, **(bent or {})}
        present = {name: value for name, value in members.items() if value is not ...}  # Ellipsis leaves a member out
        return json.dumps(present, separators=(",", ":")).encode()


def authenticator_data(rp_id: str, flags: int, sign_count: int, rest: bytes = b"") -> bytes:
    """WebAuthn section 6.1: hash of the relying party's id, flags, sign count, then whatever follows."""
    return hashlib.sha256(rp_id.encode()).digest() + bytes([flags]) + sign_count.to_bytes(4, "big") + rest


def new_key(algorithm: int = ES256) -> PrivateKey:
    if algorithm == RS256:
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return ec.generate_private_key(ec.SECP256R1())


def cose(key: PrivateKey) -> dict[int, Any]:
    """The public key as a COSE_Key (RFC 9052, RFC 8230)."""
    if isinstance(key, rsa.RSAPrivateKey):
        public = key.public_key().public_numbers()
        return {1: 3, 3: RS256, -1: _unsigned(public.n), -2: _unsigned(public.e)}
    point = key.public_key().public_numbers()
    return {1: 2, 3: ES256, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}


def cbor(value: Any) -> bytes:
    """CBOR of what WebAuthn needs (RFC 8949), maps in the order given."""
    if isinstance(value, bool):
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return _head(0, value) if value >= 0 else _head(1, -1 - value)
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    if isinstance(value, str):
        return _head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return _head(4, len(value)) + b"".join(map(cbor, value))
    return _head(5, len(value)) + b"".join(cbor(name) + cbor(item) for name, item in value.items())


def encode(data: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _head(major: int, number: int) -> bytes:
    if number < 24:
        return bytes([major << 5 | number])
    size = next(size for size in (1, 2, 4, 8) if number < 1 << 8 * size)
    return bytes([major << 5 | 24 + size.bit_length() - 1]) + number.to_bytes(size, "big")


def _unsigned(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def _parsed(options: Options) -> Mapping[str, Any]:
    parsed: Mapping[str, Any] = json.loads(options) if isinstance(options, str) else options
    return parsed
