"""What a pool's settings may not say, beyond what the service model holds: members that exclude or need each other.

Sources: sections 9.7 and 11 of the protocol notes, and answers that others have published of a live service in 2026.
"""

from collections.abc import Mapping
from typing import Any

from flows.pool.errors import invalid_parameter
from flows.pool.webauthn import origins

# The blocks of SetUserPoolMfaConfig; CreateUserPool and UpdateUserPool do not know them.
MFA_MEMBERS = (
    "SmsMfaConfiguration",
    "SoftwareTokenMfaConfiguration",
    "EmailMfaConfiguration",
    "WebAuthnConfiguration",
)
_FACTORS = MFA_MEMBERS[:3]

# Kept and described back; nothing in this pool acts on them yet.
STORED_ONLY = frozenset(
    {
        *("SmsConfiguration", "UserPoolTags", "UserPoolAddOns"),
        *("DcrConfiguration", "KeyConfiguration", "IssuerConfiguration", "AcrConfiguration"),
    }
)


def require_sound_request(request: Mapping[str, Any]) -> None:
    """Raise InvalidParameterException for members of one request that exclude each other."""
    if request.get("UsernameAttributes") and request.get("AliasAttributes"):
        raise invalid_parameter("Only one of the aliasAttributes or usernameAttributes can be set in a user pool.")
    policy = request.get("Policies", {}).get("PasswordPolicy", {})
    older = request.get("AdminCreateUserConfig", {}).get("UnusedAccountValidityDays")
    if older and policy.get("TemporaryPasswordValidityDays"):
        raise invalid_parameter(
            "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays"
        )


def require_sound(settings: Mapping[str, Any]) -> None:
    """Raise InvalidParameterException for settings, whole as they would be stored, that contradict each other."""
    _refuse_email_for_everything(settings)
    _require_sound_triggers(settings.get("LambdaConfig", {}))
    if settings["MfaConfiguration"] == "OFF":
        return
    if not has_factor(settings):
        raise invalid_parameter(
            "SMS configuration and Auto verification for phone_number are required when MFA is required/optional"
        )
    _refuse_one_time_first_factors(settings)
    if _passkeys_skip_mfa(settings):
        raise invalid_parameter(
            "WEB_AUTHN cannot be used as an auth factor when MFA is enabled if not configured for MFA"
        )


def require_sound_mfa(settings: Mapping[str, Any]) -> None:
    """The same after SetUserPoolMfaConfig, which words it differently."""
    _require_relying_party_id(settings.get("WebAuthnConfiguration", {}))
    mode = settings["MfaConfiguration"]
    if mode == "OFF" and any(name in settings for name in _FACTORS):
        raise invalid_parameter("Invalid MFA configuration given, can't turn off MFA and configure an MFA together.")
    if mode != "OFF" and not has_factor(settings):
        raise invalid_parameter(
            "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled."
        )
    if "EmailMfaConfiguration" in settings and settings["EmailConfiguration"]["EmailSendingAccount"] != "DEVELOPER":
        raise invalid_parameter(
            "Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount of "
            "COGNITO_DEFAULT"
        )
    _refuse_email_for_everything(settings)
    _refuse_one_time_first_factors(settings)
    if _passkeys_skip_mfa(settings):
        raise invalid_parameter(
            "Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed "
            "first auth factor"
        )


def has_factor(settings: Mapping[str, Any]) -> bool:
    """Can a user of this pool have a second factor at all?"""
    by_token = settings.get("SoftwareTokenMfaConfiguration", {}).get("Enabled", False)
    return bool(by_token or "EmailMfaConfiguration" in settings or "SmsMfaConfiguration" in settings)


def _require_sound_triggers(config: Mapping[str, Any]) -> None:
    """The API reference of LambdaConfigType; the live texts were never captured."""
    versioned = config.get("PreTokenGenerationConfig", {}).get("LambdaArn")
    if versioned and config.get("PreTokenGeneration", versioned) != versioned:
        raise invalid_parameter("PreTokenGeneration and PreTokenGenerationConfig must name the same function.")
    for name in ("CustomEmailSender", "CustomSMSSender"):
        if name in config and not config.get("KMSKeyID"):
            raise invalid_parameter(f"KMSKeyID is required for {name}.")


def _require_relying_party_id(passkeys: Mapping[str, Any]) -> None:
    """One that no browser could match would be found out by users, one by one. The live text was never captured."""
    if "RelyingPartyId" in passkeys and not origins.is_relying_party_id(passkeys["RelyingPartyId"]):
        raise invalid_parameter("RelyingPartyId must be a domain name: lower case, no scheme and no port.")


def _refuse_one_time_first_factors(settings: Mapping[str, Any]) -> None:
    """A code cannot be both the first factor and the second."""
    if settings["MfaConfiguration"] == "ON" and {"EMAIL_OTP", "SMS_OTP"} & _first_factors(settings):
        raise invalid_parameter(
            "Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled"
        )


def _refuse_email_for_everything(settings: Mapping[str, Any]) -> None:
    """One mailbox may not both reset the password and be the second factor (developer guide, "User pool settings and
    their effect on MFA options"; no live text known)."""
    mechanisms = settings.get("AccountRecoverySetting", {}).get("RecoveryMechanisms", [])
    if "EmailMfaConfiguration" in settings and [each["Name"] for each in mechanisms] == ["verified_email"]:
        raise invalid_parameter("Email MFA needs another way to recover an account than email only.")


def _passkeys_skip_mfa(settings: Mapping[str, Any]) -> bool:
    factors = settings.get("WebAuthnConfiguration", {}).get("FactorConfiguration", "SINGLE_FACTOR")
    return (
        settings["MfaConfiguration"] == "ON"
        and "WEB_AUTHN" in _first_factors(settings)
        and factors != "MULTI_FACTOR_WITH_USER_VERIFICATION"
    )


def _first_factors(settings: Mapping[str, Any]) -> set[str]:
    return set(settings["Policies"]["SignInPolicy"]["AllowedFirstAuthFactors"])
