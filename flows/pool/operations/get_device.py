"""GetDevice: one of the user's devices."""

from flows.pool import access_tokens, device_records, errors
from flows.pool.operations.call import Call, Request, Response

NAME = "GetDevice"


def perform(request: Request, call: Call) -> Response:
    if "AccessToken" not in request:  # which the service model leaves optional
        raise errors.missing_parameter("AccessToken")
    access = access_tokens.verify(request["AccessToken"], tools=call.tools)
    device_records.require_tracking(access.client.pool)
    return {"Device": device_records.describe(device_records.get(access.user, request["DeviceKey"]), access.user)}
