"""One request to the pool and its answer: the only place where boto3 is called.

``settings.COGNITO_OBSERVER`` may name a function that is told of each, such as the inspector.
"""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore import xform_name
from django.conf import settings
from django.utils.module_loading import import_string

from flows.cognito.client import client_for
from flows.cognito.connection import Connection
from flows.cognito.errors import BOTOCORE_FAULTS, CognitoError, from_botocore

logger = logging.getLogger(__name__)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What was asked and what came back, secrets included: ``response`` (with ResponseMetadata) or ``error``.

    ``began_at`` is a Unix time; ``seconds`` is how long it took.
    """

    operation: str
    signed: bool
    connection: Connection
    parameters: Mapping[str, Any] = field(repr=False)
    response: Mapping[str, Any] | None = field(default=None, repr=False)
    error: CognitoError | None = None
    began_at: float
    seconds: float


def perform(operation: str, parameters: dict[str, Any], *, connection: Connection, signed: bool = False) -> Any:
    """Send once and return the response members; raise ``CognitoError`` for everything else.

    Nothing is sent twice: a sign-in that timed out may have been done (its Session is spent), so only the person
    can decide to try again.
    """
    if operation not in OPERATIONS:
        raise LookupError(operation)
    if settings.COGNITO_OBSERVER:
        return _observed(operation, parameters, connection=connection, signed=signed)
    return _send(operation, parameters, connection=connection, signed=signed)


def _send(operation: str, parameters: dict[str, Any], *, connection: Connection, signed: bool) -> Any:
    call = getattr(client_for(connection, signed=signed), xform_name(operation))
    try:
        return call(**parameters)
    except BOTOCORE_FAULTS as error:
        raise from_botocore(error, operation) from None


def _observed(operation: str, parameters: dict[str, Any], *, connection: Connection, signed: bool) -> Any:
    began_at, clock = time.time(), time.perf_counter()
    response, failure = None, None
    try:
        response = _send(operation, parameters, connection=connection, signed=signed)
        return response
    except CognitoError as error:
        failure = error
        raise
    finally:
        _tell(
            Exchange(
                operation=operation,
                signed=signed,
                connection=connection,
                parameters=parameters,
                response=response,
                error=failure,
                began_at=began_at,
                seconds=time.perf_counter() - clock,
            )
        )


def _tell(exchange: Exchange) -> None:
    """Whoever watches must not change what happens: an observer that fails is a line in the log, without its text,
    which may repeat what it saw (T154)."""
    try:
        import_string(settings.COGNITO_OBSERVER)(exchange)
    except Exception as error:
        logger.error("The observer of %s failed: %s", exchange.operation, type(error).__name__)
