"""DeleteUser: by the user; everything that belongs to them goes too."""

from flows.pool.issuing import access_tokens
from flows.pool.protocol.call import Call, Request, Response

NAME = "DeleteUser"


def perform(request: Request, call: Call) -> Response:
    access_tokens.verify(request["AccessToken"], tools=call.tools).user.delete()
    return {}
