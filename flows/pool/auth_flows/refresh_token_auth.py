"""REFRESH_TOKEN_AUTH and its older name REFRESH_TOKEN: new ID and access tokens for a refresh token."""

from collections.abc import Mapping

from flows.pool import clients
from flows.pool.attempt import Attempt
from flows.pool.errors import invalid_parameter
from flows.pool.issuing import refresh
from flows.pool.outcomes import Done, Outcome
from flows.pool.reasons import Because
from flows.pool.tools import Tools

CLIENT_SETTING = "ALLOW_REFRESH_TOKEN_AUTH"
NOT_ENABLED = "Auth flow not enabled for this client"
REQUIRED = ("REFRESH_TOKEN",)


def start(attempt: Attempt, parameters: Mapping[str, str], tools: Tools) -> Outcome:
    """Refused when the client rotates its tokens: rotation needs GetTokensFromRefreshToken (developer guide)."""
    if refresh.rotates(attempt.client):
        raise invalid_parameter(NOT_ENABLED)
    device_key = parameters.get("DEVICE_KEY")
    token = refresh.find(attempt.client, parameters["REFRESH_TOKEN"], device_key=device_key, tools=tools)
    # There is no USERNAME in the request: a secret client hashes the username or, in alias pools, the sub.
    names = [token.user.username, str(token.user.sub)]
    clients.verify_secret_hash(attempt.client, names, parameters.get("SECRET_HASH"))
    return Done(Because.REFRESHED, refreshed=token)
