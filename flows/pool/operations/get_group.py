"""GetGroup: one group."""

from flows.pool import pools
from flows.pool.directory import groups
from flows.pool.protocol.call import Call, Request, Response

NAME = "GetGroup"


def perform(request: Request, call: Call) -> Response:
    return {"Group": groups.describe(groups.find(pools.get(request["UserPoolId"]), request["GroupName"]))}
