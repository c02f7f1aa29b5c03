"""A forgotten password: a code for who can be reached, another password for the code."""

from typing import Any

from flows.cognito.connection import current
from flows.cognito.exchange import perform
from flows.cognito.secret_hash import secret_hash


def send_code(username: str) -> None:
    """ForgotPassword. Raises ``CognitoError``, which may tell whether the user exists: do not pass that on."""
    _perform("ForgotPassword", username)


def choose_password(username: str, *, code: str, password: str) -> None:
    """ConfirmForgotPassword. Raises ``CognitoError``."""
    _perform("ConfirmForgotPassword", username, ConfirmationCode=code, Password=password)


def _perform(operation: str, username: str, **members: Any) -> None:
    connection = current()
    request = {"ClientId": connection.client_id, "Username": username, **members}
    if connection.client_secret:
        request["SecretHash"] = secret_hash(
            username=username, client_id=connection.client_id, client_secret=connection.client_secret
        )
    perform(operation, request, connection=connection)
