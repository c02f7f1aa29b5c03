"""ListUserPools: the pools of the region that the caller's credentials name."""

from flows.pool import paging
from flows.pool.control_plane import describe
from flows.pool.models import UserPool
from flows.pool.protocol.call import Call, Request, Response

NAME = "ListUserPools"


def perform(request: Request, call: Call) -> Response:
    pools, token = paging.page(
        UserPool.objects.filter(pk__startswith=f"{call.region}_"),
        limit=request["MaxResults"],
        token=request.get("NextToken"),
        of=f"pools of {call.region}",
    )
    return {"UserPools": [describe.user_pool_briefly(pool) for pool in pools], "NextToken": token}
