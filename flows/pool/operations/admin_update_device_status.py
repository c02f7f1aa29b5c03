"""AdminUpdateDeviceStatus: remember one of a user's devices, or not."""

from flows.pool.device_tracking import device_records
from flows.pool.protocol.call import Call, Request, Response

NAME = "AdminUpdateDeviceStatus"


def perform(request: Request, call: Call) -> Response:
    user = device_records.owner(request["UserPoolId"], request["Username"])
    device_records.set_status(user, request["DeviceKey"], request.get("DeviceRememberedStatus"), tools=call.tools)
    return {}
