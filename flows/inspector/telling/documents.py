"""Where the docs speak of a call: of what it asked, else of what it answered or began, else of its operation."""

from collections.abc import Mapping
from dataclasses import dataclass

from flows.addresses import reverse_if_there
from flows.inspector.entries import Call
from flows.steps.table import row_of
from flows.terms import AuthFlow

# by AuthFlow, or by operation
_PAGES: Mapping[str, str] = {
    AuthFlow.USER_SRP_AUTH: "flows/user-srp-auth",
    AuthFlow.USER_PASSWORD_AUTH: "flows/user-password-auth",
    AuthFlow.ADMIN_USER_PASSWORD_AUTH: "flows/admin-user-password-auth",
    AuthFlow.ADMIN_NO_SRP_AUTH: "flows/admin-user-password-auth",
    AuthFlow.USER_AUTH: "flows/user-auth",
    AuthFlow.CUSTOM_AUTH: "flows/custom-auth",
    AuthFlow.REFRESH_TOKEN_AUTH: "flows/refresh-token-auth",
    AuthFlow.REFRESH_TOKEN: "flows/refresh-token-auth",
    "GetTokensFromRefreshToken": "flows/refresh-token-auth",
    "RevokeToken": "flows/refresh-token-auth",
    "GlobalSignOut": "flows/refresh-token-auth",
    "GetUser": "account",
    "AssociateSoftwareToken": "steps/totp-setup",
    "VerifySoftwareToken": "steps/totp-setup",
    "SetUserMFAPreference": "protocol/mfa",
    "GetUserAuthFactors": "protocol/mfa",
    "ConfirmDevice": "protocol/devices",
    "UpdateDeviceStatus": "protocol/devices",
    "ListDevices": "protocol/devices",
    "ForgetDevice": "protocol/devices",
    "StartWebAuthnRegistration": "protocol/passkeys",
    "CompleteWebAuthnRegistration": "protocol/passkeys",
    "ListWebAuthnCredentials": "protocol/passkeys",
    "DeleteWebAuthnCredential": "protocol/passkeys",
    "ForgotPassword": "account",
    "ConfirmForgotPassword": "account",
}
_ELSE = "pool-coverage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """``path`` is that of a page below docs/, without its ending; ``about`` is what it is told of."""

    path: str
    about: str

    @property
    def url(self) -> str:
        """Its address; empty where the docs are no part of the site."""
        return url_of(self.path)


def of(call: Call) -> Document:
    """The page about ``call``."""
    if call.step:
        return Document(path=f"steps/{call.step}", about=call.asked)
    answered = str(call.request.get("ChallengeName") or "")
    if path := of_challenge(answered):
        return Document(path=path, about=answered)
    about = str(call.request.get("AuthFlow") or call.operation)
    return Document(path=_PAGES.get(about, _ELSE), about=about)


def of_challenge(challenge: str) -> str:
    """The path of the page about a challenge: of its first row in the step table. Empty where it has none."""
    step = row_of(challenge)
    return f"steps/{step.slug}" if step else ""


def url_of(path: str) -> str:
    return reverse_if_there("docs-page", path=path) if path else ""
