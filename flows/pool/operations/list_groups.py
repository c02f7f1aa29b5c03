"""ListGroups: the groups of a pool, by name."""

from flows.pool import paging, pools
from flows.pool.directory import groups
from flows.pool.protocol.call import Call, Request, Response

NAME = "ListGroups"


def perform(request: Request, call: Call) -> Response:
    pool = pools.get(request["UserPoolId"])
    found, token = paging.page(
        pool.groups.all(),
        limit=request.get("Limit"),
        token=request.get("NextToken"),
        of=f"groups of {pool.pk}",
        order="name",
    )
    return {"Groups": [groups.describe(group) for group in found], "NextToken": token}
