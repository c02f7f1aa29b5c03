"""Calls on behalf of somebody who is signed in."""

from collections.abc import Mapping

from flows.cognito.connection import current
from flows.cognito.exchange import perform


def get_user(access_token: str) -> Mapping[str, str]:
    """The user's attributes by name. Raises ``CognitoError`` when the token no longer counts.

    This is how a pool says that a user was disabled, deleted or signed out everywhere: a JWT cannot.
    """
    answer = perform("GetUser", {"AccessToken": access_token}, connection=current())
    return {pair["Name"]: pair.get("Value", "") for pair in answer.get("UserAttributes", [])}


def global_sign_out(access_token: str) -> None:
    """End every session of this user, on every device. Raises ``CognitoError``."""
    perform("GlobalSignOut", {"AccessToken": access_token}, connection=current())


def revoke_token(refresh_token: str) -> None:
    """End one refresh token and the access tokens that came of it. Raises ``CognitoError``."""
    connection = current()
    request = {"Token": refresh_token, "ClientId": connection.client_id}
    if connection.client_secret:
        request["ClientSecret"] = connection.client_secret
    perform("RevokeToken", request, connection=connection)
