"""What somebody who is signed in can sign in with: first factors, second factors, and which of these are asked."""

from dataclasses import dataclass, field
from typing import Any

from flows.cognito.connection import current
from flows.cognito.errors import BAD_ANSWER, CognitoError
from flows.cognito.exchange import perform
from flows.terms import ChallengeName, FirstFactor

# UserMFASettingList's words, and the member of SetUserMFAPreference that is about each.
SECOND_FACTORS = {
    ChallengeName.SOFTWARE_TOKEN_MFA: "SoftwareTokenMfaSettings",
    ChallengeName.EMAIL_OTP: "EmailMfaSettings",
    ChallengeName.SMS_MFA: "SMSMfaSettings",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Factors:
    """``configured`` are those that would work, first and second alike; ``enabled`` the second factors that are asked,
    ``preferred`` the one of them that is asked first, or empty."""

    configured: frozenset[str]
    enabled: frozenset[str] = field(default_factory=frozenset)
    preferred: str = ""

    @property
    def ways_in(self) -> frozenset[str]:
        """The configured factors that a sign-in can begin with."""
        return self.configured & set(FirstFactor)

    @property
    def second_would_lock_out(self) -> bool:
        """Whether a first second factor would end every sign-in: beside one, codes and passkeys do not begin any, and
        there is no password (user-pool-settings-mfa: "password-based"). Where the pool tells nothing, nobody knows."""
        return bool(self.ways_in) and FirstFactor.PASSWORD not in self.ways_in and not self.enabled


def factors_of(access_token: str) -> Factors:
    """GetUserAuthFactors. Raises ``CognitoError``."""
    answer = perform("GetUserAuthFactors", {"AccessToken": access_token}, connection=current())
    return Factors(
        configured=frozenset(answer.get("ConfiguredUserAuthFactors", ())),
        enabled=frozenset(answer.get("UserMFASettingList", ())),
        preferred=answer.get("PreferredMfaSetting", ""),
    )


def prefer(access_token: str, factor: ChallengeName, *, enabled: bool, preferred: bool) -> None:
    """SetUserMFAPreference for one second factor; the others stay as they are. Raises ``CognitoError``."""
    setting = {"Enabled": enabled, "PreferredMfa": preferred}
    _perform("SetUserMFAPreference", {"AccessToken": access_token, SECOND_FACTORS[factor]: setting})


def associate(access_token: str) -> str:
    """AssociateSoftwareToken: a fresh secret in base32, which takes the place of one not yet verified.

    Raises ``CognitoError``.
    """
    secret = _perform("AssociateSoftwareToken", {"AccessToken": access_token}).get("SecretCode")
    if not secret:
        raise CognitoError(BAD_ANSWER, "AssociateSoftwareToken", message="no secret")
    return str(secret)


def verify(access_token: str, code: str) -> None:
    """VerifySoftwareToken: the app that shows ``code`` is the user's from now on. Raises ``CognitoError``.

    The model knows a refusal that is no exception, Status ERROR: for us it is the one that live pools raise.
    """
    answer = _perform("VerifySoftwareToken", {"AccessToken": access_token, "UserCode": code})
    if answer.get("Status") != "SUCCESS":
        raise CognitoError("EnableSoftwareTokenMFAException", "VerifySoftwareToken")


def _perform(operation: str, request: dict[str, Any]) -> Any:
    return perform(operation, request, connection=current())
