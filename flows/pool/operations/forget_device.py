"""ForgetDevice: one of the user's devices is nobody's any more."""

from flows.pool import access_tokens, device_records, errors
from flows.pool.operations.call import Call, Request, Response

NAME = "ForgetDevice"


def perform(request: Request, call: Call) -> Response:
    if "AccessToken" not in request:  # which the service model leaves optional
        raise errors.missing_parameter("AccessToken")
    access = access_tokens.verify(request["AccessToken"], tools=call.tools)
    device_records.require_tracking(access.client.pool)
    device_records.forget(access.user, request["DeviceKey"], tools=call.tools)
    return {}
