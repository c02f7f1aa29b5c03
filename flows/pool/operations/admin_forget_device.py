"""AdminForgetDevice: one of a user's devices is nobody's any more."""

from flows.pool.device_tracking import device_records
from flows.pool.protocol.call import Call, Request, Response

NAME = "AdminForgetDevice"


def perform(request: Request, call: Call) -> Response:
    user = device_records.owner(request["UserPoolId"], request["Username"])
    device_records.forget(user, request["DeviceKey"], tools=call.tools)
    return {}
