"""One request to the pool and its answer: the only place where boto3 is called."""

from typing import Any

from botocore import xform_name

from flows.cognito.client import client_for
from flows.cognito.connection import Connection
from flows.cognito.errors import BOTOCORE_FAULTS, from_botocore

# Every operation that the portal uses; tests/contract asks for a row in problems.py for whatever they may raise.
OPERATIONS = frozenset(
    {
        "InitiateAuth",
        "RespondToAuthChallenge",
        "AdminInitiateAuth",
        "AdminRespondToAuthChallenge",
        "AssociateSoftwareToken",
        "VerifySoftwareToken",
        "ConfirmDevice",
        "UpdateDeviceStatus",
        "GetTokensFromRefreshToken",
        "GetUser",
        "GlobalSignOut",
        "RevokeToken",
        "StartWebAuthnRegistration",
        "SetUserMFAPreference",
        "ListWebAuthnCredentials",
        "ListDevices",
        "GetUserAuthFactors",
        "ForgotPassword",
        "ForgetDevice",
        "DeleteWebAuthnCredential",
        "ConfirmForgotPassword",
        "CompleteWebAuthnRegistration",
    }
)


def perform(operation: str, parameters: dict[str, Any], *, connection: Connection, signed: bool = False) -> Any:
    """Send once and return the response members; raise ``CognitoError`` for everything else.

    Nothing is sent twice: a sign-in that timed out may have been done (its Session is spent), so only the person
    can decide to try again.
    """
    if operation not in OPERATIONS:
        raise LookupError(operation)
    call = getattr(client_for(connection, signed=signed), xform_name(operation))
    try:
        return call(**parameters)
    except BOTOCORE_FAULTS as error:
        raise from_botocore(error, operation) from None
