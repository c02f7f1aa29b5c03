"""ListUsersInGroup: the members of a group, in the order in which they became users."""

from flows.pool import paging, pools
from flows.pool.control_plane import describe
from flows.pool.directory import groups
from flows.pool.protocol.call import Call, Request, Response

NAME = "ListUsersInGroup"


def perform(request: Request, call: Call) -> Response:
    group = groups.find(pools.get(request["UserPoolId"]), request["GroupName"])
    found, token = paging.page(
        group.users.all(),
        limit=request.get("Limit"),
        token=request.get("NextToken"),
        of=f"users in {group.name} of {group.pool_id}",
    )
    return {"Users": [describe.user(user) for user in found], "NextToken": token}
