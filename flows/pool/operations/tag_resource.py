"""TagResource: add tags to a user pool, or change them."""

from django.db import transaction

from flows.pool import pools
from flows.pool.control_plane import tags
from flows.pool.protocol.call import Call, Request, Response

NAME = "TagResource"
STORED_ONLY = frozenset({"Tags"})


def perform(request: Request, call: Call) -> Response:
    with transaction.atomic():
        pool = tags.pool_of(request["ResourceArn"], hold=True)
        tagged = {**pool.setting("UserPoolTags", default={}), **request["Tags"]}
        tags.require_allowed(tagged)
        pool.settings["UserPoolTags"] = tagged
        pools.save(pool, tools=call.tools)
    return {}
