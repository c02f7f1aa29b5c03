"""GetUser: who an access token belongs to, as far as its client may read."""

from flows.pool.directory import attributes
from flows.pool.factors import mfa
from flows.pool.issuing import access_tokens
from flows.pool.protocol.call import Call, Request, Response

NAME = "GetUser"


def perform(request: Request, call: Call) -> Response:
    access = access_tokens.verify(request["AccessToken"], tools=call.tools)
    readable = attributes.readable(access.client, access.user.attributes)
    pairs = {"sub": str(access.user.sub), **readable}
    return {
        "Username": access.user.username,
        "UserAttributes": [{"Name": name, "Value": value} for name, value in pairs.items()],
        **mfa.described(access.user),
    }
