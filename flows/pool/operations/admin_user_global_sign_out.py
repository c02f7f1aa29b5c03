"""AdminUserGlobalSignOut: end every token of a user."""

from flows.pool import pools
from flows.pool.directory import users
from flows.pool.issuing import refresh
from flows.pool.protocol.call import Call, Request, Response

NAME = "AdminUserGlobalSignOut"


def perform(request: Request, call: Call) -> Response:
    user = users.get(pools.get(request["UserPoolId"]), request["Username"])
    refresh.revoke_all(user, now=call.tools.now())
    return {}
