"""ListDevices: the user's devices, a page at a time."""

from flows.pool.device_tracking import device_records
from flows.pool.issuing import access_tokens
from flows.pool.protocol.call import Call, Request, Response

NAME = "ListDevices"


def perform(request: Request, call: Call) -> Response:
    access = access_tokens.verify(request["AccessToken"], tools=call.tools)
    device_records.require_tracking(access.client.pool)
    return device_records.listed(access.user, limit=request.get("Limit"), token=request.get("PaginationToken"))
