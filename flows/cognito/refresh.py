"""New tokens for a refresh token."""

from typing import Any

from flows.cognito.connection import Connection, current
from flows.cognito.errors import BAD_ANSWER, CognitoError
from flows.cognito.exchange import perform
from flows.cognito.outcome import Tokens, read_tokens
from flows.cognito.secret_hash import secret_hash
from flows.terms import AuthFlow

# What a server says that does not know the newer operation, or does not offer it to this client.
_NOT_OFFERED = frozenset({"UnknownOperationException", "OperationNotEnabledException", "UnsupportedOperationException"})


def refresh(refresh_token: str, *, username: str, device_key: str = "") -> Tokens:
    """Tokens, with a new refresh token only if the client rotates them. Raises ``CognitoError``.

    GetTokensFromRefreshToken is always on and the only way when rotation is; REFRESH_TOKEN_AUTH is tried for servers
    that do not have it. ``username`` (the sub) goes into that older call's SECRET_HASH.
    ``device_key`` is that of the sign-in: a pool that tracks devices binds the token to it.
    """
    connection = current()
    try:
        return _get_tokens(refresh_token, device_key, connection)
    except CognitoError as error:
        if error.code not in _NOT_OFFERED:
            raise
    return _refresh_token_auth(refresh_token, username, device_key, connection)


def _get_tokens(refresh_token: str, device_key: str, connection: Connection) -> Tokens:
    request = {"RefreshToken": refresh_token, "ClientId": connection.client_id}
    if device_key:
        request["DeviceKey"] = device_key
    if connection.client_secret:
        request["ClientSecret"] = connection.client_secret
    return _tokens("GetTokensFromRefreshToken", request, connection)


def _refresh_token_auth(refresh_token: str, username: str, device_key: str, connection: Connection) -> Tokens:
    parameters = {"REFRESH_TOKEN": refresh_token} | ({"DEVICE_KEY": device_key} if device_key else {})
    if connection.client_secret:
        parameters["SECRET_HASH"] = secret_hash(
            username=username, client_id=connection.client_id, client_secret=connection.client_secret
        )
    request = {
        "AuthFlow": AuthFlow.REFRESH_TOKEN_AUTH,
        "ClientId": connection.client_id,
        "AuthParameters": parameters,
    }
    return _tokens("InitiateAuth", request, connection)


def _tokens(operation: str, request: dict[str, Any], connection: Connection) -> Tokens:
    result = perform(operation, request, connection=connection).get("AuthenticationResult")
    if not result:
        raise CognitoError(BAD_ANSWER, operation, message="no AuthenticationResult")
    return read_tokens(result, operation=operation)
