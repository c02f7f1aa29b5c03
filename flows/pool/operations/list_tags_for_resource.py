"""ListTagsForResource: the tags of a user pool."""

from flows.pool.control_plane import tags
from flows.pool.protocol.call import Call, Request, Response

NAME = "ListTagsForResource"


def perform(request: Request, call: Call) -> Response:
    return {"Tags": tags.pool_of(request["ResourceArn"]).setting("UserPoolTags", default={})}
