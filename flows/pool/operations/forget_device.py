"""ForgetDevice: one of the user's devices is nobody's any more."""

from flows.pool.device_tracking import device_records
from flows.pool.errors import missing_parameter
from flows.pool.issuing import access_tokens
from flows.pool.protocol.call import Call, Request, Response

NAME = "ForgetDevice"


def perform(request: Request, call: Call) -> Response:
    if "AccessToken" not in request:  # which the service model leaves optional
        raise missing_parameter("AccessToken")
    access = access_tokens.verify(request["AccessToken"], tools=call.tools)
    device_records.require_tracking(access.client.pool)
    device_records.forget(access.user, request["DeviceKey"], tools=call.tools)
    return {}
