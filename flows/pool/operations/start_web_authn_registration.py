"""StartWebAuthnRegistration: what a browser needs to make a passkey for the user (section 3.4 of the protocol notes).

No source says what enables passkeys; we read it as WEB_AUTHN among the allowed first factors. Without a relying party
id AWS takes the pool's domain (service model, WebAuthnConfigurationMissingException), and this pool has none.
"""

from typing import Any

from flows.pool.errors.passkeys import passkeys_not_enabled, relying_party_missing, too_many_passkeys
from flows.pool.issuing.access_tokens import Access
from flows.pool.protocol.call import Call, Request, Response
from flows.pool.webauthn import ceremonies, passkeys, registrations
from flows.pool.webauthn.webauthn_json import encode

NAME = "StartWebAuthnRegistration"
TIMEOUT = 60_000  # milliseconds, as live answers have it


def perform(request: Request, call: Call) -> Response:
    access = passkeys.caller(request["AccessToken"], tools=call.tools)
    if not passkeys.are_enabled(access.user.pool):
        raise passkeys_not_enabled()
    if not passkeys.relying_party(access.user.pool).id:
        raise relying_party_missing()
    if access.user.passkeys.count() >= passkeys.MOST:
        raise too_many_passkeys(passkeys.MOST)
    challenge = registrations.start(access, tools=call.tools)
    return {"CredentialCreationOptions": _options(access, challenge)}


def _options(access: Access, challenge: bytes) -> dict[str, Any]:
    """PublicKeyCredentialCreationOptionsJSON. Passkeys of a former relying party need no excluding: none would fit."""
    user, party = access.user, passkeys.relying_party(access.user.pool)
    return {
        "rp": {"id": party.id, "name": party.id},
        "user": {"id": encode(passkeys.user_handle(user)), "name": user.username, "displayName": user.username},
        "challenge": encode(challenge),
        "pubKeyCredParams": [{"type": "public-key", "alg": each} for each in ceremonies.ALGORITHMS],
        "timeout": TIMEOUT,
        "excludeCredentials": [passkeys.descriptor(each.credential_id) for each in passkeys.usable(user)],
        "authenticatorSelection": {
            "requireResidentKey": True,
            "residentKey": "required",
            "userVerification": passkeys.user_verification(party),
        },
    }
