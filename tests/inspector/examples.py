"""A request of every operation that the portal makes, as the inspector keeps it."""

from typing import Any

from flows.inspector.masking.masks import mask

REQUESTS: dict[str, dict[str, Any]] = {
    "InitiateAuth": {"AuthFlow": "USER_AUTH", "ClientId": "c", "AuthParameters": {"USERNAME": "alice"}},
    "AdminInitiateAuth": {
        "AuthFlow": "ADMIN_USER_PASSWORD_AUTH",
        "ClientId": "c",
        "UserPoolId": "us-east-1_p",
        "AuthParameters": {"USERNAME": "alice", "PASSWORD": mask("PASSWORD")},
    },
    "RespondToAuthChallenge": {
        "ClientId": "c",
        "ChallengeName": "SMS_MFA",
        "Session": mask("Session", "s"),
        "ChallengeResponses": {"USERNAME": "alice", "SMS_MFA_CODE": mask("SMS_MFA_CODE")},
    },
    "AdminRespondToAuthChallenge": {
        "ClientId": "c",
        "UserPoolId": "us-east-1_p",
        "ChallengeName": "SMS_MFA",
        "Session": mask("Session", "s"),
        "ChallengeResponses": {"USERNAME": "alice", "SMS_MFA_CODE": mask("SMS_MFA_CODE")},
    },
    "AssociateSoftwareToken": {"Session": mask("Session", "s")},
    "VerifySoftwareToken": {"AccessToken": mask("AccessToken", "t"), "UserCode": mask("UserCode")},
    "ConfirmDevice": {
        "AccessToken": mask("AccessToken", "t"),
        "DeviceKey": "us-east-1_1",
        "DeviceSecretVerifierConfig": {"Salt": mask("Salt"), "PasswordVerifier": mask("PasswordVerifier")},
        "DeviceName": "Mozilla/5.0 (X11; Linux)",
    },
    "UpdateDeviceStatus": {
        "AccessToken": mask("AccessToken", "t"),
        "DeviceKey": "us-east-1_1",
        "DeviceRememberedStatus": "remembered",
    },
    "GetTokensFromRefreshToken": {"RefreshToken": mask("RefreshToken", "r"), "ClientId": "c"},
    "GetUser": {"AccessToken": mask("AccessToken", "t")},
    "GlobalSignOut": {"AccessToken": mask("AccessToken", "t")},
    "RevokeToken": {"Token": mask("Token", "r"), "ClientId": "c"},
    "StartWebAuthnRegistration": {"AccessToken": mask("AccessToken", "t")},
    "CompleteWebAuthnRegistration": {
        "AccessToken": mask("AccessToken", "t"),
        "Credential": {
            "id": mask("id"),
            "response": {"clientDataJSON": mask("clientDataJSON"), "transports": [mask("0"), mask("1")]},
            "clientExtensionResults": {"credProps": {"rk": mask("rk")}},
        },
    },
    "SetUserMFAPreference": {
        "AccessToken": mask("AccessToken", "t"),
        "SoftwareTokenMfaSettings": {"Enabled": True, "PreferredMfa": False},
    },
    "ListWebAuthnCredentials": {"AccessToken": mask("AccessToken", "t"), "MaxResults": 20},
    "ListDevices": {"AccessToken": mask("AccessToken", "t"), "Limit": 60},
    "GetUserAuthFactors": {"AccessToken": mask("AccessToken", "t")},
    "ForgotPassword": {"ClientId": "c", "Username": "alice"},
    "ForgetDevice": {"AccessToken": mask("AccessToken", "t"), "DeviceKey": "us-east-1_1"},
    "DeleteWebAuthnCredential": {"AccessToken": mask("AccessToken", "t"), "CredentialId": "id"},
    "ConfirmForgotPassword": {
        "ClientId": "c",
        "Username": "alice",
        "ConfirmationCode": mask("ConfirmationCode"),
        "Password": mask("Password"),
    },
}
