"""RevokeToken: end one refresh token and every access token that came from its sign-in."""

from flows.pool import clients
from flows.pool.errors import PoolError
from flows.pool.errors.clients import unauthorized
from flows.pool.errors.tokens import revocation_disabled, unsupported_token_type
from flows.pool.issuing import refresh
from flows.pool.protocol.call import Call, Request, Response

NAME = "RevokeToken"
IGNORED = frozenset({"RevokeAssociatedSessions"})


def perform(request: Request, call: Call) -> Response:
    """A token that is unknown, another client's or ended already is a success that changes nothing, as on AWS."""
    try:
        client = clients.find(request["ClientId"])
    except PoolError as error:  # the operation declares no ResourceNotFoundException
        raise unauthorized(error.message) from None
    if not clients.verify_secret(client, request.get("ClientSecret")):
        raise unauthorized(f"Unable to verify secret for client {client.pk}")
    if not refresh.is_revocable(client):
        raise revocation_disabled()
    if request["Token"].count(".") == 2:  # a JWT: an ID or access token
        raise unsupported_token_type()
    token = refresh.lookup(request["Token"])
    if token is not None and token.client_id == client.pk:
        refresh.revoke_family(token, now=call.tools.now())
    return {}
