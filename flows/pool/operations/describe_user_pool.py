"""DescribeUserPool: everything that is stored of a pool."""

from flows.pool import describe, pools
from flows.pool.operations.call import Call, Request, Response

NAME = "DescribeUserPool"


def perform(request: Request, call: Call) -> Response:
    return {"UserPool": describe.user_pool(pools.get(request["UserPoolId"]))}
