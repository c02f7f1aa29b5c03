"""ListWebAuthnCredentials: the user's own passkeys, the oldest first, those of a former relying party among them."""

from typing import Any

from flows.pool import paging
from flows.pool.models import WebAuthnCredential
from flows.pool.protocol.call import Call, Request, Response
from flows.pool.webauthn import passkeys
from flows.pool.webauthn.webauthn_json import encode

NAME = "ListWebAuthnCredentials"


def perform(request: Request, call: Call) -> Response:
    user = passkeys.caller(request["AccessToken"], tools=call.tools).user
    found, token = paging.page(
        user.passkeys.all(),
        limit=request.get("MaxResults") or passkeys.MOST,
        token=request.get("NextToken"),
        of=f"passkeys of {user.pk}",
    )
    return {"Credentials": [_described(each) for each in found], "NextToken": token}


def _described(passkey: WebAuthnCredential) -> dict[str, Any]:
    return {
        "CredentialId": encode(bytes(passkey.credential_id)),
        "FriendlyCredentialName": passkey.friendly_name,
        "RelyingPartyId": passkey.relying_party_id,
        "AuthenticatorAttachment": passkey.attachment or None,
        "AuthenticatorTransports": passkey.transports,
        "CreatedAt": passkey.created_at,
    }
