"""DescribeUserPool: everything that is stored of a pool."""

from flows.pool import pools
from flows.pool.control_plane import describe
from flows.pool.protocol.call import Call, Request, Response

NAME = "DescribeUserPool"


def perform(request: Request, call: Call) -> Response:
    return {"UserPool": describe.user_pool(pools.get(request["UserPoolId"]))}
