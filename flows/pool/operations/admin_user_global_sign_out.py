"""AdminUserGlobalSignOut: end every token of a user."""

from flows.pool import pools, refresh, users
from flows.pool.operations.call import Call, Request, Response

NAME = "AdminUserGlobalSignOut"


def perform(request: Request, call: Call) -> Response:
    user = users.get(pools.get(request["UserPoolId"]), request["Username"])
    refresh.revoke_all(user, now=call.tools.now())
    return {}
