"""UntagResource: take tags from a user pool; one that is not there is no error."""

from django.db import transaction

from flows.pool import pools
from flows.pool.control_plane import tags
from flows.pool.protocol.call import Call, Request, Response

NAME = "UntagResource"


def perform(request: Request, call: Call) -> Response:
    with transaction.atomic():
        pool = tags.pool_of(request["ResourceArn"], hold=True)
        kept = {k: v for k, v in pool.setting("UserPoolTags", default={}).items() if k not in request["TagKeys"]}
        pool.settings["UserPoolTags"] = kept
        pools.save(pool, tools=call.tools)
    return {}
