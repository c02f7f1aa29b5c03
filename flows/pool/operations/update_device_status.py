"""UpdateDeviceStatus: remember one of the user's devices, or not."""

from flows.pool import access_tokens, device_records
from flows.pool.operations.call import Call, Request, Response

NAME = "UpdateDeviceStatus"


def perform(request: Request, call: Call) -> Response:
    access = access_tokens.verify(request["AccessToken"], tools=call.tools)
    device_records.require_tracking(access.client.pool)
    status = request.get("DeviceRememberedStatus")
    device_records.set_status(access.user, request["DeviceKey"], status, tools=call.tools)
    return {}
