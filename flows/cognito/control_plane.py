"""Operations of an administrator: what a pool, an app client and its users are like, and changing it.

Apart from ``flows.cognito.exchange``, which is how people sign in: these are signed, belong to no sign-in and are told
to no observer. The playground of the demo is the only caller.
"""

from collections.abc import Mapping
from typing import Any

from botocore import xform_name

from flows.cognito.client import client_for
from flows.cognito.connection import Connection
from flows.cognito.errors import BOTOCORE_FAULTS, from_botocore

OPERATIONS = frozenset(
    {
        *("DescribeUserPool", "DescribeUserPoolClient", "GetUserPoolMfaConfig", "AdminGetUser"),
        *("UpdateUserPool", "UpdateUserPoolClient", "SetUserPoolMfaConfig"),
        *("AdminEnableUser", "AdminDisableUser", "AdminSetUserPassword", "AdminResetUserPassword"),
        *("AdminSetUserMFAPreference", "AdminDeleteSoftwareToken", "AdminDeleteUserAttributes"),
    }
)


def perform(operation: str, parameters: Mapping[str, Any], *, connection: Connection) -> dict[str, Any]:
    """Send once, signed, and return the response members; raise ``CognitoError`` for everything else."""
    if operation not in OPERATIONS:
        raise LookupError(operation)
    call = getattr(client_for(connection, signed=True), xform_name(operation))
    try:
        response: dict[str, Any] = call(**parameters)
    except BOTOCORE_FAULTS as error:
        raise from_botocore(error, operation) from None
    return {name: value for name, value in response.items() if name != "ResponseMetadata"}


def accepted(operation: str, described: Mapping[str, Any], *, connection: Connection) -> dict[str, Any]:
    """Those members of a description that ``operation`` takes, in the order of the service model.

    An administrator who changes one setting reads all, and writes all back: these updates forget what they are not
    told (UpdateUserPool and UpdateUserPoolClient, API reference).
    """
    model = client_for(connection, signed=True).meta.service_model.operation_model(operation)
    return {name: described[name] for name in model.input_shape.members if name in described}
