"""GetTokensFromRefreshToken: how Amplify v6 refreshes, and the only way when refresh tokens rotate."""

from flows.pool import clients, observing
from flows.pool.errors.clients import secret_wrong
from flows.pool.issuing import refresh, tokens
from flows.pool.lambda_triggers import sign_in_triggers
from flows.pool.protocol.call import Call, Request, Response
from flows.pool.reasons import Because

NAME = "GetTokensFromRefreshToken"


def perform(request: Request, call: Call) -> Response:
    client = clients.find(request["ClientId"])
    if not clients.verify_secret(client, request.get("ClientSecret")):
        raise secret_wrong(client.pk)
    device_key = request.get("DeviceKey")
    token = refresh.find(client, request["RefreshToken"], device_key=device_key, tools=call.tools)
    observing.decided(observing.TOKENS, why=Because.REFRESHED)
    changes = sign_in_triggers.renewed(token, client_metadata=request.get("ClientMetadata", {}))
    token = refresh.hold(token, tools=call.tools)
    rotated = None
    if refresh.rotates(client):
        rotated, digest = tokens.new_refresh_token(call.tools)
        refresh.rotate(token, digest=digest, tools=call.tools)
    grant = tokens.renew(token, changes=changes, tools=call.tools, rotated=rotated)
    return {"AuthenticationResult": grant.sign()}
