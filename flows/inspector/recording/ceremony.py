"""What happened in the browser with a passkey, read from the credential before it is masked.

``clientDataJSON`` and ``authenticatorData`` as WebAuthn Level 3 has them (5.8.1 and 6.1). Nothing is verified here:
that is Cognito's to do. What cannot be read is left out.
"""

import base64
import json
from collections.abc import Iterator, Mapping
from typing import Any

# Bits of authenticatorData's flags: name and what it says when it is set.
FLAGS = (
    (0x01, "UP", "user present: somebody touched the authenticator"),
    (0x04, "UV", "user verified: by fingerprint, face or PIN"),
    (0x08, "BE", "backup eligible: the passkey may be synced to other devices"),
    (0x10, "BS", "backup state: it is synced now"),
    (0x40, "AT", "attested credential data follows: a new public key"),
    (0x80, "ED", "extension data follows"),
)
_RP_ID_HASH, _FLAGS_AT, _COUNT = slice(0, 32), 32, slice(33, 37)
_TOLD = ("type", "challenge", "origin", "crossOrigin", "topOrigin")


def told_by(request: Mapping[str, Any]) -> dict[str, Any]:
    """``{"webauthn": facts}`` for a request that carries a credential, else nothing.

    Facts: ``client_data`` (type, challenge, origin ...), ``rp_id_hash`` (hex), ``flags`` (names that are set),
    ``sign_count``, ``authenticator_attachment``.
    """
    credential = _credential(request)
    if credential is None:
        return {}
    response = credential.get("response")
    response = response if isinstance(response, dict) else {}
    facts = dict(_client_data(response)) | dict(_authenticator_data(response))
    if isinstance(attachment := credential.get("authenticatorAttachment"), str):
        facts["authenticator_attachment"] = attachment
    return {"webauthn": facts}


def _credential(request: Mapping[str, Any]) -> dict[str, Any] | None:
    """RegistrationResponseJSON or AuthenticationResponseJSON, as text in ChallengeResponses, as document elsewhere."""
    given = (request.get("ChallengeResponses") or {}).get("CREDENTIAL") or request.get("Credential")
    try:
        read = json.loads(given) if isinstance(given, str) else given
    except ValueError:
        return None
    return read if isinstance(read, dict) else None


def _client_data(response: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    try:
        said = json.loads(_bytes(response.get("clientDataJSON")))
        yield "client_data", {name: said[name] for name in _TOLD if isinstance(said.get(name), str | bool)}
    except (ValueError, AttributeError):
        return


def _authenticator_data(response: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Of a registration, browsers hand it out beside the attestation object, which has it inside CBOR."""
    data = _bytes(response.get("authenticatorData"))
    if len(data) < _COUNT.stop:
        return
    yield "rp_id_hash", data[_RP_ID_HASH].hex()
    yield "flags", [name for bit, name, _ in FLAGS if data[_FLAGS_AT] & bit]
    yield "sign_count", int.from_bytes(data[_COUNT], "big")


def _bytes(text: Any) -> bytes:
    try:
        return base64.urlsafe_b64decode(str(text or "") + "==")
    except ValueError:
        return b""
