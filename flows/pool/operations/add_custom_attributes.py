"""AddCustomAttributes: more attributes in a pool's schema; they can never be taken out again."""

from django.db import transaction

from flows.pool import pools, schema
from flows.pool.operations.call import Call, Request, Response

NAME = "AddCustomAttributes"


def perform(request: Request, call: Call) -> Response:
    with transaction.atomic():
        pool = pools.hold(request["UserPoolId"])
        pool.settings["Schema"] = schema.extended(schema.of(pool), request["CustomAttributes"])
        pools.save(pool, tools=call.tools)
    return {}
