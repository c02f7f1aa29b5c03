"""ListDevices: the user's devices, a page at a time."""

from flows.pool import access_tokens, device_records
from flows.pool.operations.call import Call, Request, Response

NAME = "ListDevices"


def perform(request: Request, call: Call) -> Response:
    access = access_tokens.verify(request["AccessToken"], tools=call.tools)
    device_records.require_tracking(access.client.pool)
    return device_records.listed(access.user, limit=request.get("Limit"), token=request.get("PaginationToken"))
