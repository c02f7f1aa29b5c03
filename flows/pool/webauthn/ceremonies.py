"""The relying party's side of WebAuthn: reading what a browser sends and judging it (Level 3, sections 7.1 and 7.2).

The one file that knows python-fido2, which reads the bytes and verifies signatures. Its ``Fido2Server`` is not used: it
lets pass other ports, embedding pages, impossible flags and any algorithm, and says in one ValueError what Cognito says
in five. Whatever a browser sends is hostile: it is accepted, or one of the ``Refused`` says why not.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from fido2.attestation.base import Attestation
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from flows.pool.webauthn import origins, strict_cbor, webauthn_json
from flows.pool.webauthn.webauthn_json import ClientData, Credential, Malformed, Refused

ALGORITHMS = (-7, -257)  # ES256, RS256: what live pools offer
CREDENTIAL_ID_BYTES = (16, 1023)  # section 4, "credential ID"

_LONGEST = 16 * 1024  # bytes of an attestation object; one with a TPM's certificates has about five thousand
_HEAD = 37  # of the authenticator data: hash of the relying party's id, flags, sign count
_RSA_BITS = (2048, 8192)
_RSA_EXPONENTS = range(65537, 1 << 32, 2)  # FIPS 186-5 asks for more than 2^16 and odd; longer ones only cost time


class OriginNotAllowed(Refused):
    """It was made on a page of somebody else, or inside one."""


class RelyingPartyMismatch(Refused):
    """It was made for another relying party."""


class NotSupported(Refused):
    """The authenticator did not do what is asked of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelyingParty:
    """``id``: the domain that passkeys belong to."""

    id: str
    requires_verification: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """A RegistrationResponseJSON, read and not yet judged."""

    credential: Credential
    attestation: AttestationObject
    transports: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """An AuthenticationResponseJSON, read and not yet judged."""

    credential: Credential
    authenticator_data: AuthenticatorData
    signature: bytes
    user_handle: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What an accepted ceremony says of the passkey. ``credential_data``: AAGUID, credential id, COSE public key."""

    credential_data: bytes
    aaguid: str
    sign_count: int
    backup_eligible: bool
    backed_up: bool


# -- Reading -----------------------------------------------------------------------------------------------------------
def read_registration(document: object) -> Registration:
    """Raises Malformed."""
    credential = webauthn_json.read(document)
    raw = webauthn_json.binary(credential.response, "attestationObject")
    with _refusing(Malformed, "attestationObject"):
        _require_short(raw)
        strict_cbor.require_sound(raw)
        attestation = AttestationObject(raw)
        _require_sound_cbor(attestation.auth_data)
    transports = webauthn_json.transports(credential.response)
    return Registration(credential=credential, attestation=attestation, transports=transports)


def read_assertion(text: str) -> Assertion:
    """``text`` is JSON. Raises Malformed."""
    credential = webauthn_json.parse(text)
    response = credential.response
    raw = webauthn_json.binary(response, "authenticatorData")
    with _refusing(Malformed, "authenticatorData"):
        _require_short(raw)
        data = AuthenticatorData(raw)
        _require_sound_cbor(data)
    return Assertion(
        credential=credential,
        authenticator_data=data,
        signature=webauthn_json.binary(response, "signature"),
        user_handle=None if response.get("userHandle") is None else webauthn_json.binary(response, "userHandle"),
    )


# -- Judging -----------------------------------------------------------------------------------------------------------
def verify_registration(answer: Registration, relying_party: RelyingParty) -> Verified:
    """Section 7.1, but for what only the pool knows: the challenge, and whose the credential id is.

    An attestation must be sound; who vouches for the authenticator is nobody's question here, as at Cognito.
    """
    data = answer.attestation.auth_data
    _require_client_data(answer.credential.client_data, "webauthn.create", relying_party)
    _require_authenticator_data(data, relying_party)
    made = data.credential_data
    if made is None or made.credential_id != answer.credential.id:
        raise Malformed("The authenticator data has no such credential.")
    if not CREDENTIAL_ID_BYTES[0] <= len(made.credential_id) <= CREDENTIAL_ID_BYTES[1]:
        raise NotSupported(f"A credential id has {CREDENTIAL_ID_BYTES[0]} to {CREDENTIAL_ID_BYTES[1]} bytes.")
    is_sound = _KEYS.get(made.public_key.ALGORITHM)
    if is_sound is None or not is_sound(made.public_key):
        raise NotSupported("The public key is none that was asked for.")
    with _refusing(NotSupported, "attestation"):
        attestation = Attestation.for_type(answer.attestation.fmt)()
        attestation.verify(answer.attestation.att_stmt, data, answer.credential.client_data.hash)
    return _verified(data, made)


def verify_assertion(
    answer: Assertion, relying_party: RelyingParty, *, challenge: bytes, user_handle: bytes, credential_data: bytes
) -> Verified:
    """Section 7.2, but for what only the pool knows of the passkey: its sign count and whether it may be backed up.

    ``credential_data`` is the passkey's, by the id that the answer names; ``user_handle`` is its owner's ``user.id``,
    which the answer need not have, since the pool knows who is signing in.
    """
    _require_client_data(answer.credential.client_data, "webauthn.get", relying_party)
    if not hmac.compare_digest(answer.credential.client_data.challenge, challenge):
        raise Malformed("The challenge is another one.")
    if answer.user_handle is not None and answer.user_handle != user_handle:
        raise Malformed("The user handle is another user's.")
    _require_authenticator_data(answer.authenticator_data, relying_party)
    held = AttestedCredentialData(credential_data)
    with _refusing(NotSupported, "signature"):
        held.public_key.verify(answer.authenticator_data + answer.credential.client_data.hash, answer.signature)
    return _verified(answer.authenticator_data, held)


def _require_client_data(said: ClientData, kind: str, relying_party: RelyingParty) -> None:
    if said.type != kind:
        raise Malformed(f"The type is not {kind}.")
    if said.embedded:  # another site's page must not borrow a ceremony (T092)
        raise OriginNotAllowed("The page stood inside another one.")
    if not origins.allowed(said.origin, relying_party_id=relying_party.id):
        raise OriginNotAllowed("The page's origin is not one of the relying party.")


def _require_authenticator_data(data: AuthenticatorData, relying_party: RelyingParty) -> None:
    if not hmac.compare_digest(data.rp_id_hash, hashlib.sha256(relying_party.id.encode()).digest()):
        raise RelyingPartyMismatch("The authenticator was asked for another relying party.")
    if not data.is_user_present():
        raise NotSupported("Nobody was present.")
    if relying_party.requires_verification and not data.is_user_verified():
        raise NotSupported("The user was not verified.")
    if data.is_backed_up() and not data.is_backup_eligible():
        raise NotSupported("It is backed up and cannot be (section 6.1.3).")


def _verified(data: AuthenticatorData, credential: AttestedCredentialData) -> Verified:
    return Verified(
        credential_data=bytes(credential),
        aaguid=str(credential.aaguid),
        sign_count=data.counter,
        backup_eligible=data.is_backup_eligible(),
        backed_up=data.is_backed_up(),
    )


# -- Keys: section 5.8.5 and RFC 8230 ----------------------------------------------------------------------------------
def _is_p256_point(key: Mapping[int, Any]) -> bool:
    """kty EC2, crv P-256, an uncompressed point of the curve, and nothing else."""
    if set(key) != {1, 3, -1, -2, -3} or (key[1], key[-1]) != (2, 1):
        return False
    x, y = key[-2], key[-3]
    if not all(isinstance(each, bytes) and len(each) == 32 for each in (x, y)):
        return False
    numbers = ec.EllipticCurvePublicNumbers(int.from_bytes(x, "big"), int.from_bytes(y, "big"), ec.SECP256R1())
    try:
        numbers.public_key()
    except ValueError:
        return False
    return True


def _is_strong_rsa(key: Mapping[int, Any]) -> bool:
    """kty RSA, a modulus that holds and that is not there to keep us busy, an exponent that is one, nothing else."""
    if set(key) != {1, 3, -1, -2} or key[1] != 3 or not all(isinstance(key[each], bytes) for each in (-1, -2)):
        return False
    modulus, exponent = int.from_bytes(key[-1], "big"), int.from_bytes(key[-2], "big")
    return _RSA_BITS[0] <= modulus.bit_length() <= _RSA_BITS[1] and exponent in _RSA_EXPONENTS and modulus % 2 == 1


_KEYS: Mapping[int, Callable[[Mapping[int, Any]], bool]] = {-7: _is_p256_point, -257: _is_strong_rsa}


def _require_short(raw: bytes) -> None:
    """python-fido2 copies what is left for every item that it reads: work by the square of the length."""
    if len(raw) > _LONGEST:
        raise ValueError("too long")


def _require_sound_cbor(data: AuthenticatorData) -> None:
    """Key and extensions are there exactly when the flags say so, and end where the data ends."""
    at = _HEAD
    if data.is_attested():
        at = strict_cbor.end_of_item(data, at + 18 + int.from_bytes(data[at + 16 : at + 18], "big"))
    if data.has_extension_data():
        at = strict_cbor.end_of_item(data, at)
    if at != len(data):
        raise ValueError("something follows")


@contextmanager
def _refusing(refusal: type[Refused], what: str) -> Iterator[None]:
    """python-fido2 and what it calls raise whatever comes to mind at hostile bytes, IndexError, AttributeError and
    RecursionError among it; here alone, everything is a refusal (T101)."""
    try:
        yield
    except Exception as error:
        raise refusal(what) from error
