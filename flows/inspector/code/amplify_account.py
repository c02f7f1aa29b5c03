"""Amplify's function for each operation of whoever is signed in, or has forgotten the password: a table."""

from collections.abc import Callable, Mapping
from typing import Any

from flows.inspector.code.amplify_calls import Request, Said, as_user, metadata, silent

_MFA_SETTINGS = {"SMSMfaSettings": "sms", "SoftwareTokenMfaSettings": "totp", "EmailMfaSettings": "email"}


def refreshed(request: Request) -> Said:
    """By whichever of Cognito's ways: Amplify has one function for it."""
    return as_user(
        "fetchAuthSession",
        {"forceRefresh": True},
        "Without forceRefresh, Amplify refreshes when the tokens have expired.",
        brings="{ tokens }",
    )


def _device_status(request: Request) -> Said:
    if request.get("DeviceRememberedStatus") == "remembered":
        return as_user("rememberDevice", None, "Amplify remembers the device that it runs on, and no other.")
    return silent("Amplify cannot keep a device and not remember it. forgetDevice() ends it altogether.")


def _mfa_preference(request: Request) -> Said:
    wanted = {
        kind: _preference(request[member]) for member, kind in _MFA_SETTINGS.items() if request.get(member) is not None
    }
    return as_user("updateMFAPreference", wanted)


def _preference(setting: Mapping[str, Any]) -> str:
    """As ``getMFASettings`` of Amplify's updateMFAPreference reads them."""
    if not setting.get("Enabled"):
        return "DISABLED"
    if "PreferredMfa" not in setting:
        return "ENABLED"
    return "PREFERRED" if setting["PreferredMfa"] else "NOT_PREFERRED"


def _passkeys(request: Request) -> Said:
    pages = {"pageSize": request.get("MaxResults"), "nextToken": request.get("NextToken")}
    given = {name: value for name, value in pages.items() if value is not None}
    return as_user("listWebAuthnCredentials", given or None, brings="{ credentials, nextToken }")


def _register(request: Request) -> Said:
    return as_user(
        "associateWebAuthnCredential",
        None,
        "One function for all of it: StartWebAuthnRegistration, the browser's ceremony, CompleteWebAuthnRegistration.",
    )


def _options(request: Request) -> dict[str, Any]:
    return {"options": metadata(request)} if request.get("ClientMetadata") else {}


def _forgot(request: Request) -> Said:
    return Said(
        function="resetPassword",
        argument={"username": request.get("Username"), **_options(request)},
        brings="{ nextStep }",
    )


def _reset(request: Request) -> Said:
    argument = {
        "username": request.get("Username"),
        "confirmationCode": request.get("ConfirmationCode"),
        "newPassword": request.get("Password"),
    }
    return Said(function="confirmResetPassword", argument={**argument, **_options(request)})


OPERATIONS: Mapping[str, Callable[[Request], Said]] = {
    "ConfirmDevice": lambda request: silent(
        "No call: Amplify confirms a new device itself when tokens come with NewDeviceMetadata."
    ),
    "UpdateDeviceStatus": _device_status,
    "ForgetDevice": lambda request: as_user("forgetDevice", {"device": {"id": request.get("DeviceKey")}}),
    "ListDevices": lambda request: as_user("fetchDevices", None, brings="devices"),
    "GetTokensFromRefreshToken": refreshed,
    "GetUser": lambda request: as_user("fetchUserAttributes", None, brings="attributes"),
    "GlobalSignOut": lambda request: as_user("signOut", {"global": True}),
    "RevokeToken": lambda request: as_user("signOut", None, "It revokes the refresh token."),
    "StartWebAuthnRegistration": _register,
    "CompleteWebAuthnRegistration": _register,
    "ListWebAuthnCredentials": _passkeys,
    "DeleteWebAuthnCredential": lambda request: as_user(
        "deleteWebAuthnCredential", {"credentialId": request.get("CredentialId")}
    ),
    "SetUserMFAPreference": _mfa_preference,
    "GetUserAuthFactors": lambda request: as_user(
        "fetchMFAPreference",
        None,
        "Amplify has no function for GetUserAuthFactors. fetchMFAPreference() tells the second factors, by GetUser.",
        brings="{ enabled, preferred }",
    ),
    "ForgotPassword": _forgot,
    "ConfirmForgotPassword": _reset,
}
