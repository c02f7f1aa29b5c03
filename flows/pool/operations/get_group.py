"""GetGroup: one group."""

from flows.pool import groups, pools
from flows.pool.operations.call import Call, Request, Response

NAME = "GetGroup"


def perform(request: Request, call: Call) -> Response:
    return {"Group": groups.describe(groups.find(pools.get(request["UserPoolId"]), request["GroupName"]))}
