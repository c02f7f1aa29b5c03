"""UpdateDeviceStatus: remember one of the user's devices, or not."""

from flows.pool.device_tracking import device_records
from flows.pool.issuing import access_tokens
from flows.pool.protocol.call import Call, Request, Response

NAME = "UpdateDeviceStatus"


def perform(request: Request, call: Call) -> Response:
    access = access_tokens.verify(request["AccessToken"], tools=call.tools)
    device_records.require_tracking(access.client.pool)
    status = request.get("DeviceRememberedStatus")
    device_records.set_status(access.user, request["DeviceKey"], status, tools=call.tools)
    return {}
