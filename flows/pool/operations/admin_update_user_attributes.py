"""AdminUpdateUserAttributes: any attribute that may change, the verified flags among them; a blank value removes it."""

from functools import partial

from flows.pool import attribute_values, attributes, pools, users, verification
from flows.pool.operations.call import Call, Request, Response
from flows.pool.triggers import Origin

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
