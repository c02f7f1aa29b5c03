"""The four sign-in calls: start and answer, each as the app client and as an administrator.

They differ in who signs: the Admin pair carries the portal's AWS credentials and the pool id, so only a server can
make it. SECRET_HASH is added here, for all of them, when the app client has a secret, and DEVICE_KEY when this browser
has been here before.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flows.cognito.connection import Connection, current
from flows.cognito.errors import CognitoError
from flows.cognito.exchange import perform
from flows.cognito.outcome import Outcome, read
from flows.cognito.secret_hash import secret_hash
from flows.terms import AuthFlow, ChallengeName

_NO_SUCH_DEVICE = "Device does not exist."  # the text that Amplify, too, goes by


def initiate(flow: AuthFlow, parameters: Mapping[str, str], *, device_key: str = "") -> Outcome:
    """InitiateAuth with these AuthParameters. Raises ``CognitoError``."""
    return _initiate("InitiateAuth", flow, parameters, device_key)


def admin_initiate(flow: AuthFlow, parameters: Mapping[str, str], *, device_key: str = "") -> Outcome:
    """AdminInitiateAuth with these AuthParameters. Raises ``CognitoError``."""
    return _initiate("AdminInitiateAuth", flow, parameters, device_key)


def respond(name: ChallengeName, responses: Mapping[str, str], *, session: str, device_key: str = "") -> Outcome:
    """RespondToAuthChallenge. ``session`` is Cognito's, empty when the challenge came without one."""
    return _respond("RespondToAuthChallenge", name, responses, session=session, device_key=device_key)


def admin_respond(name: ChallengeName, responses: Mapping[str, str], *, session: str, device_key: str = "") -> Outcome:
    """AdminRespondToAuthChallenge: the answer to a challenge of an admin flow."""
    return _respond("AdminRespondToAuthChallenge", name, responses, session=session, device_key=device_key)


def _initiate(operation: str, flow: AuthFlow, parameters: Mapping[str, str], device_key: str) -> Outcome:
    return _send(operation, {"AuthFlow": flow}, "AuthParameters", parameters, device_key)


def _respond(
    operation: str, name: ChallengeName, responses: Mapping[str, str], *, session: str, device_key: str
) -> Outcome:
    request = {"ChallengeName": name} | ({"Session": session} if session else {})
    return _send(operation, request, "ChallengeResponses", responses, device_key)


def _send(operation: str, request: dict[str, Any], member: str, given: Mapping[str, str], device_key: str) -> Outcome:
    """Send ``given`` as ``member``. A pool that forgot the device is asked once more, without it (as Amplify)."""
    connection = current()
    signed = _signed(given, connection)
    if not device_key:
        return _perform(operation, {**request, member: signed}, connection)
    try:
        return _perform(operation, {**request, member: {**signed, "DEVICE_KEY": device_key}}, connection)
    except CognitoError as error:
        if error.code != "ResourceNotFoundException" or _NO_SUCH_DEVICE not in error.message:
            raise
    return replace(_perform(operation, {**request, member: signed}, connection), device_forgotten=True)


def _perform(operation: str, request: dict[str, Any], connection: Connection) -> Outcome:
    admin = operation.startswith("Admin")
    whose = {"ClientId": connection.client_id} | ({"UserPoolId": connection.user_pool_id} if admin else {})
    return read(perform(operation, request | whose, connection=connection, signed=admin), operation=operation)


def _signed(parameters: Mapping[str, str], connection: Connection) -> dict[str, str]:
    """``parameters`` with SECRET_HASH over the USERNAME they carry, if the client has a secret."""
    if not connection.client_secret or "USERNAME" not in parameters:
        return dict(parameters)
    proof = secret_hash(
        username=parameters["USERNAME"], client_id=connection.client_id, client_secret=connection.client_secret
    )
    return {**parameters, "SECRET_HASH": proof}
