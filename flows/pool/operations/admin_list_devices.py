"""AdminListDevices: a user's devices, a page at a time."""

from flows.pool.device_tracking import device_records
from flows.pool.errors.users import user_not_found_here
from flows.pool.protocol.call import Call, Request, Response

NAME = "AdminListDevices"


def perform(request: Request, call: Call) -> Response:
    user = device_records.owner(request["UserPoolId"], request["Username"], nobody=user_not_found_here)
    return device_records.listed(user, limit=request.get("Limit"), token=request.get("PaginationToken"))
