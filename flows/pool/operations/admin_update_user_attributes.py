"""AdminUpdateUserAttributes: any attribute that may change, the verified flags among them; a blank value removes it."""

from functools import partial

from flows.pool import pools
from flows.pool.accounts import verification
from flows.pool.directory import attribute_values, attributes, users
from flows.pool.lambda_triggers.triggers import Origin
from flows.pool.protocol.call import Call, Request, Response

NAME = "AdminUpdateUserAttributes"


def perform(request: Request, call: Call) -> Response:
    pool = pools.get(request["UserPoolId"])
    verification.update(
        users.get(pool, request["Username"]),
        attribute_values.from_pairs(request["UserAttributes"]),
        rule=partial(attributes.for_admin_update, pool),
        origin=Origin.of(request),
        tools=call.tools,
        take_over=True,
    )
    return {}
