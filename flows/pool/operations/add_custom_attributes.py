"""AddCustomAttributes: more attributes in a pool's schema; they can never be taken out again."""

from django.db import transaction

from flows.pool import pools
from flows.pool.directory import schema
from flows.pool.protocol.call import Call, Request, Response

NAME = "AddCustomAttributes"


def perform(request: Request, call: Call) -> Response:
    with transaction.atomic():
        pool = pools.hold(request["UserPoolId"])
        pool.settings["Schema"] = schema.extended(schema.of(pool), request["CustomAttributes"])
        pools.save(pool, tools=call.tools)
    return {}
