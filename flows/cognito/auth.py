"""The four sign-in calls: start and answer, each as the app client and as an administrator.

They differ in who signs: the Admin pair carries the portal's AWS credentials and the pool id, so only a server can
make it. SECRET_HASH is added here, for all of them, when the app client has a secret.
"""

from collections.abc import Mapping
from typing import Any

from flows.cognito.connection import Connection, current
from flows.cognito.exchange import perform
from flows.cognito.outcome import Outcome, read
from flows.cognito.secret_hash import secret_hash
from flows.terms import AuthFlow, ChallengeName


def initiate(flow: AuthFlow, parameters: Mapping[str, str]) -> Outcome:
    """InitiateAuth with these AuthParameters. Raises ``CognitoError``."""
    connection = current()
    request = {"AuthFlow": flow, "AuthParameters": _signed(parameters, connection)}
    return _send("InitiateAuth", request, connection)


def admin_initiate(flow: AuthFlow, parameters: Mapping[str, str]) -> Outcome:
    """AdminInitiateAuth with these AuthParameters. Raises ``CognitoError``."""
    connection = current()
    request = {"AuthFlow": flow, "AuthParameters": _signed(parameters, connection)}
    return _send("AdminInitiateAuth", request, connection)


def respond(name: ChallengeName, responses: Mapping[str, str], *, session: str) -> Outcome:
    """RespondToAuthChallenge. ``session`` is Cognito's, empty when the challenge came without one."""
    connection = current()
    return _send("RespondToAuthChallenge", _answer(name, responses, session, connection), connection)


def admin_respond(name: ChallengeName, responses: Mapping[str, str], *, session: str) -> Outcome:
    """AdminRespondToAuthChallenge: the answer to a challenge of an admin flow."""
    connection = current()
    return _send("AdminRespondToAuthChallenge", _answer(name, responses, session, connection), connection)


def _answer(name: ChallengeName, responses: Mapping[str, str], session: str, connection: Connection) -> dict[str, Any]:
    request = {"ChallengeName": name, "ChallengeResponses": _signed(responses, connection)}
    return request | ({"Session": session} if session else {})


def _signed(parameters: Mapping[str, str], connection: Connection) -> dict[str, str]:
    """``parameters`` with SECRET_HASH over the USERNAME they carry, if the client has a secret."""
    if not connection.client_secret or "USERNAME" not in parameters:
        return dict(parameters)
    proof = secret_hash(
        username=parameters["USERNAME"], client_id=connection.client_id, client_secret=connection.client_secret
    )
    return {**parameters, "SECRET_HASH": proof}


def _send(operation: str, request: dict[str, Any], connection: Connection) -> Outcome:
    admin = operation.startswith("Admin")
    request["ClientId"] = connection.client_id
    if admin:
        request["UserPoolId"] = connection.user_pool_id
    return read(perform(operation, request, connection=connection, signed=admin), operation=operation)
