"""ListTagsForResource: the tags of a user pool."""

from flows.pool import tags
from flows.pool.operations.call import Call, Request, Response

NAME = "ListTagsForResource"


def perform(request: Request, call: Call) -> Response:
    return {"Tags": tags.pool_of(request["ResourceArn"]).setting("UserPoolTags", default={})}
