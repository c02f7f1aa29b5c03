"""The passkeys of somebody who is signed in. Options and credentials travel as the JSON that browsers speak
(WebAuthn Level 3, sections 5.1.8 to 5.1.10); nothing of them is judged here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flows.cognito.connection import current
from flows.cognito.errors import BAD_ANSWER, CognitoError
from flows.cognito.exchange import perform

_PAGE = 20  # the model's maximum, and as many as a user may have


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """One of ListWebAuthnCredentials. ``attachment`` is "platform", "cross-platform" or empty."""

    id: str
    name: str
    rp_id: str
    attachment: str
    created_at: datetime


def begin(access_token: str) -> Mapping[str, Any]:
    """PublicKeyCredentialCreationOptionsJSON for a new passkey. Raises ``CognitoError``."""
    answer = perform("StartWebAuthnRegistration", {"AccessToken": access_token}, connection=current())
    options = answer.get("CredentialCreationOptions")
    if not isinstance(options, Mapping) or "challenge" not in options:
        raise CognitoError(BAD_ANSWER, "StartWebAuthnRegistration", message="no options")
    return options


def complete(access_token: str, credential: Mapping[str, Any]) -> None:
    """Register the RegistrationResponseJSON that a browser made of ``begin``'s options. Raises ``CognitoError``."""
    request = {"AccessToken": access_token, "Credential": dict(credential)}
    perform("CompleteWebAuthnRegistration", request, connection=current())


def all_of(access_token: str) -> list[Passkey]:
    """Every passkey, in the pool's order. Raises ``CognitoError``."""
    found: list[Passkey] = []
    request: dict[str, Any] = {"AccessToken": access_token, "MaxResults": _PAGE}
    while True:
        answer = perform("ListWebAuthnCredentials", request, connection=current())
        found += [_passkey(each) for each in answer.get("Credentials", [])]
        if not answer.get("NextToken"):
            return found
        request["NextToken"] = answer["NextToken"]


def delete(access_token: str, credential_id: str) -> None:
    """Forget one passkey. The device that keeps it does not learn of it. Raises ``CognitoError``."""
    request = {"AccessToken": access_token, "CredentialId": credential_id}
    perform("DeleteWebAuthnCredential", request, connection=current())


def _passkey(each: Mapping[str, Any]) -> Passkey:
    return Passkey(
        id=each["CredentialId"],
        name=each["FriendlyCredentialName"],
        rp_id=each["RelyingPartyId"],
        attachment=each.get("AuthenticatorAttachment", ""),
        created_at=each["CreatedAt"],
    )
