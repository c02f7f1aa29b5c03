"""ListUsers: the users of a pool, all of them or those that a filter selects, a page at a time."""

from flows.pool import paging, pools
from flows.pool.control_plane import describe
from flows.pool.directory import schema, search
from flows.pool.errors.users import no_such_attributes
from flows.pool.protocol.call import Call, Request, Response

NAME = "ListUsers"


def perform(request: Request, call: Call) -> Response:
    pool = pools.get(request["UserPoolId"])
    wanted = request.get("AttributesToGet")
    if wanted is not None and not schema.of(pool).keys() >= set(wanted):
        raise no_such_attributes()
    selected = search.users(pool, request.get("Filter"))
    users, token = paging.page(
        selected.users,
        limit=request.get("Limit"),
        token=request.get("PaginationToken"),
        of=f"users of {pool.pk} {request.get('Filter', '')}",
        order=selected.order,
    )
    return {"Users": [describe.user(user, only=wanted) for user in users], "PaginationToken": token}
