"""What a pool or an app client is like where its request says nothing (sections 8.3, 9.7 and 11 of the protocol notes).

Settings are stored whole, defaults included, so that reading one never has to know what Cognito would have meant.
"""

from collections.abc import Mapping
from typing import Any

from flows.pool.proofs.passwords import DEFAULT_POLICY

Settings = dict[str, Any]

# Members of the requests that are columns or actions, not settings.
_NOT_POOL_SETTINGS = frozenset({"PoolName", "Schema", "UserPoolId"})
_NOT_CLIENT_SETTINGS = frozenset({"UserPoolId", "ClientName", "ClientId", "GenerateSecret", "ClientSecret"})

# A password policy that is given at all is given whole: its flags are plain booleans in the model, absent is false.
_GIVEN_POLICY = {name: False if value is True else value for name, value in DEFAULT_POLICY.items()}
_TEMPORARY_DAYS = "TemporaryPasswordValidityDays"

_CLIENT_DEFAULTS: Settings = {
    "RefreshTokenValidity": 30,
    "AllowedOAuthFlowsUserPoolClient": False,
    "EnableTokenRevocation": True,
    "EnablePropagateAdditionalUserContextData": False,
    "AuthSessionValidity": 3,
}


def pool_settings(request: Mapping[str, Any]) -> Settings:
    """The settings of a pool created by ``request``, but for its schema."""
    given = {name: value for name, value in request.items() if name not in _NOT_POOL_SETTINGS}
    policy = _password_policy(given)
    # Asking for MFA together with a way to send text messages turns on MFA by text message.
    by_sms = given.get("MfaConfiguration", "OFF") != "OFF" and "SmsConfiguration" in given
    sms = {name: given[name] for name in ("SmsAuthenticationMessage", "SmsConfiguration") if name in given}
    return {
        "DeletionProtection": "INACTIVE",
        "LambdaConfig": {},
        "MfaConfiguration": "OFF",
        "UserPoolTags": {},
        "UserPoolTier": "ESSENTIALS",
        **given,
        "Policies": {
            "PasswordPolicy": policy,
            "SignInPolicy": {
                "AllowedFirstAuthFactors": ["PASSWORD"],
                **given.get("Policies", {}).get("SignInPolicy", {}),
            },
        },
        "AdminCreateUserConfig": {
            "AllowAdminCreateUserOnly": False,
            **given.get("AdminCreateUserConfig", {}),
            "UnusedAccountValidityDays": policy[_TEMPORARY_DAYS],  # the older name of the same limit
        },
        "EmailConfiguration": {"EmailSendingAccount": "COGNITO_DEFAULT", **given.get("EmailConfiguration", {})},
        "VerificationMessageTemplate": _verification_template(given),
        **({"SmsMfaConfiguration": sms} if by_sms else {}),
    }


def client_settings(request: Mapping[str, Any]) -> Settings:
    """The settings of an app client created by ``request``."""
    given = {name: value for name, value in request.items() if name not in _NOT_CLIENT_SETTINGS}
    if given.get("RefreshTokenValidity") == 0:  # "overrides the value with the default value of 30 days"
        del given["RefreshTokenValidity"]
    return _CLIENT_DEFAULTS | given


def _password_policy(given: Mapping[str, Any]) -> Settings:
    policy = given.get("Policies", {}).get("PasswordPolicy")
    whole = dict(DEFAULT_POLICY) if policy is None else {**_GIVEN_POLICY, **policy}
    older = given.get("AdminCreateUserConfig", {}).get("UnusedAccountValidityDays")
    # "If you submit a value of 0, Amazon Cognito treats it as a null value"
    whole[_TEMPORARY_DAYS] = (policy or {}).get(_TEMPORARY_DAYS) or older or DEFAULT_POLICY[_TEMPORARY_DAYS]
    return whole


# The message members from before templates, and what each is called in the template.
_OLDER_MESSAGES = {
    "EmailVerificationMessage": "EmailMessage",
    "EmailVerificationSubject": "EmailSubject",
    "SmsVerificationMessage": "SmsMessage",
}


def _verification_template(given: Mapping[str, Any]) -> Settings:
    older = {name: given[member] for member, name in _OLDER_MESSAGES.items() if member in given}
    return {"DefaultEmailOption": "CONFIRM_WITH_CODE", **older, **given.get("VerificationMessageTemplate", {})}
