"""AdminListGroupsForUser: the groups that a user is in, by name."""

from flows.pool import paging, pools
from flows.pool.directory import groups, users
from flows.pool.protocol.call import Call, Request, Response

NAME = "AdminListGroupsForUser"


def perform(request: Request, call: Call) -> Response:
    user = users.get(pools.get(request["UserPoolId"]), request["Username"])
    found, token = paging.page(
        user.groups.all(),
        limit=request.get("Limit"),
        token=request.get("NextToken"),
        of=f"groups of user {user.sub} of {user.pool_id}",
        order="name",
    )
    return {"Groups": [groups.describe(group) for group in found], "NextToken": token}
