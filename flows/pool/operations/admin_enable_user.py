"""AdminEnableUser: the user can sign in again; tokens from before do not come back."""

from flows.pool import pools
from flows.pool.directory import users
from flows.pool.protocol.call import Call, Request, Response

NAME = "AdminEnableUser"


def perform(request: Request, call: Call) -> Response:
    user = users.get(pools.get(request["UserPoolId"]), request["Username"])
    user.enabled = True
    user.modified_at = call.tools.now()
    user.save(update_fields=["enabled", "modified_at"])
    return {}
