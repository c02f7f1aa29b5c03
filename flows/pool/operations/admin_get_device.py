"""AdminGetDevice: one of a user's devices."""

from flows.pool.device_tracking import device_records
from flows.pool.errors.users import user_not_found_here
from flows.pool.protocol.call import Call, Request, Response

NAME = "AdminGetDevice"


def perform(request: Request, call: Call) -> Response:
    user = device_records.owner(request["UserPoolId"], request["Username"], nobody=user_not_found_here)
    return {"Device": device_records.describe(device_records.get(user, request["DeviceKey"]), user)}
