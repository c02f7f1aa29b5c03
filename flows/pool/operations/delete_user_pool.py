"""DeleteUserPool: the pool and everything in it, unless DeletionProtection is active."""

from flows.pool import pools
from flows.pool.errors.pools import deletion_protected
from flows.pool.protocol.call import Call, Request, Response

NAME = "DeleteUserPool"


def perform(request: Request, call: Call) -> Response:
    pool = pools.get(request["UserPoolId"])
    if pool.setting("DeletionProtection") == "ACTIVE":
        raise deletion_protected()
    pool.delete()
    return {}
