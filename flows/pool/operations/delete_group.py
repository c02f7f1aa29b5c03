"""DeleteGroup: the group; its members stay users."""

from flows.pool import pools
from flows.pool.directory import groups
from flows.pool.protocol.call import Call, Request, Response

NAME = "DeleteGroup"


def perform(request: Request, call: Call) -> Response:
    groups.find(pools.get(request["UserPoolId"]), request["GroupName"]).delete()
    return {}
