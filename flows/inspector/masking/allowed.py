"""What may be seen: a list of allowed places, so that whatever nobody thought of is masked (T154).

A place is a path of member names; ``*`` is any one name, ``**`` everything below. Requests and answers share the list,
because a member's name means one thing in this API. Names of members are always seen, values only here.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flows.terms import ChallengeName as C

Path = tuple[str, ...]


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


def _paths(prefix: str, names: str) -> list[str]:
    return [f"{prefix}.{name}" if prefix else name for name in names.split()]


# Of the request, and of the answer.
_CALLS = [
    *_paths(
        "",
        "ClientId UserPoolId AuthFlow ChallengeName Username DeviceKey DeviceName FriendlyDeviceName CredentialId Limit"
        " MaxResults DeviceRememberedStatus Status PreferredMfaSetting AvailableChallenges.* UserMFASettingList.*"
        " ConfiguredUserAuthFactors.* UserConfirmationNecessary UserSub CodeDeliveryDetails.* MFAOptions.*.*",
    ),
    *_paths("AuthParameters", "USERNAME SRP_A PREFERRED_CHALLENGE CHALLENGE_NAME DEVICE_KEY"),
    *_paths("ChallengeResponses", "USERNAME SRP_A PASSWORD_CLAIM_SIGNATURE TIMESTAMP DEVICE_KEY EMAIL PHONE_NUMBER"),
    *_paths(
        "ChallengeParameters",
        "USERNAME USER_ID_FOR_SRP SRP_B SALT DEVICE_KEY CODE_DELIVERY_DESTINATION CODE_DELIVERY_DELIVERY_MEDIUM"
        " MFAS_CAN_CHOOSE MFAS_CAN_SELECT MFAS_CAN_SETUP FRIENDLY_DEVICE_NAME requiredAttributes userAttributes"
        " CREDENTIAL_REQUEST_OPTIONS question recaptchaSiteKey recaptchaVersion recaptchaAction linkDestination",
    ),
    *_paths("AuthenticationResult", "ExpiresIn TokenType NewDeviceMetadata.*"),
    *(f"{factor}.{said}" for factor in ("SMSMfaSettings", "SoftwareTokenMfaSettings", "EmailMfaSettings")
      for said in ("Enabled", "PreferredMfa")),
    "WebAuthnMfaSettings.Enabled",
    "CredentialCreationOptions.**",
    *_paths(
        "Credentials.*",
        "CredentialId FriendlyCredentialName RelyingPartyId AuthenticatorAttachment AuthenticatorTransports.*"
        " CreatedAt",
    ),
    *_paths(
        "Devices.*", "DeviceKey DeviceCreateDate DeviceLastModifiedDate DeviceLastAuthenticatedDate"
    ),
]  # fmt: skip
# Of a trigger's event, going in and coming back.
_EVENTS = [
    *_paths("", "version triggerSource region userPoolId userName callerContext.*"),
    *_paths(
        "request",
        "challengeName userNotFound newDeviceUsed usernameParameter codeParameter linkParameter groupConfiguration.**"
        " session.*.challengeName session.*.challengeResult scopes.*",
    ),
    *_paths(
        "response",
        "challengeName issueTokens failAuthentication answerCorrect autoConfirmUser autoVerifyEmail autoVerifyPhone"
        " finalUserStatus messageAction desiredDeliveryMediums.* forceAliasCreation enableSMSMFA"
        " claimsOverrideDetails.groupOverrideDetails.** claimsAndScopeOverrideDetails.groupOverrideDetails.**"
        " claimsOverrideDetails.claimsToSuppress.*",
    ),
    *_paths(
        "response.publicChallengeParameters",
        "question recaptchaSiteKey recaptchaVersion recaptchaAction linkDestination USERNAME",
    ),
]
# Attributes that say who somebody is; a custom one may hold anything.
ATTRIBUTES = _words(
    "sub email email_verified phone_number phone_number_verified name given_name family_name middle_name "
    "nickname preferred_username locale zoneinfo cognito:user_status"
)
_WITH_ATTRIBUTES: tuple[Path, ...] = (("request", "userAttributes"), ("response", "userAttributes"))
# Of NEW_PASSWORD_REQUIRED: every attribute that somebody has, as a text.
ATTRIBUTES_IN_JSON: tuple[Path, ...] = (("ChallengeParameters", "userAttributes"),)
# Values too long to guess, whose fingerprints therefore tell nothing but whether they changed.
FINGERPRINTED = _words(
    "Session AccessToken IdToken RefreshToken Token REFRESH_TOKEN SECRET_BLOCK "
    "PASSWORD_CLAIM_SECRET_BLOCK captchaUrl captchaAudioUrl linkAttempt PaginationToken NextToken"
)
# Claims that a token may be shown with.
CLAIMS = _words(
    "iss sub aud client_id token_use scope auth_time iat exp username cognito:username cognito:groups "
    "version email email_verified"
)
_OF_A_CHOICE = frozenset({C.SELECT_CHALLENGE, C.SELECT_MFA_TYPE})
_KIND = re.compile(r"[A-Z_]+_CHALLENGE")  # challengeMetadata as functions name a kind; some put the code itself there


def is_shown(path: Path, value: Any, whole: Mapping[str, Any]) -> bool:
    """Whether ``value`` at ``path`` of ``whole`` (a request, an answer, an event) may be seen."""
    if any(_matches(pattern, path) for pattern in _SHOWN):
        return True
    return any(rule(path, value, whole) for rule in _RULES)


def _answer_to_a_choice(path: Path, value: Any, whole: Mapping[str, Any]) -> bool:
    return path == ("ChallengeResponses", "ANSWER") and whole.get("ChallengeName") in _OF_A_CHOICE


def _attribute(path: Path, value: Any, whole: Mapping[str, Any]) -> bool:
    if path[:1] == ("ChallengeResponses",):
        return path[1].removeprefix("userAttributes.") in ATTRIBUTES and path[1].startswith("userAttributes.")
    return path[:-1] in _WITH_ATTRIBUTES and path[-1] in ATTRIBUTES


def _metadata(path: Path, value: Any, whole: Mapping[str, Any]) -> bool:
    """``None`` and kinds of challenges, which is most of what a round's metadata is."""
    return path[-1] == "challengeMetadata" and (value is None or bool(_KIND.fullmatch(str(value))))


_Rule = Callable[[Path, Any, Mapping[str, Any]], bool]
_RULES: tuple[_Rule, ...] = (_answer_to_a_choice, _attribute, _metadata)
_SHOWN: tuple[Path, ...] = tuple(tuple(each.split(".")) for each in [*_CALLS, *_EVENTS])


def _matches(pattern: Path, path: Iterable[str]) -> bool:
    path = tuple(path)
    if pattern[-1] == "**":
        return path[: len(pattern) - 1] == pattern[:-1]
    return len(pattern) == len(path) and all(wanted in ("*", name) for wanted, name in zip(pattern, path, strict=True))
