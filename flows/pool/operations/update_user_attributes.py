"""UpdateUserAttributes: by the user, as far as the app client may write; a blank value removes an attribute."""

from functools import partial

from flows.pool.accounts import verification
from flows.pool.directory import attribute_values, attributes
from flows.pool.issuing import access_tokens
from flows.pool.lambda_triggers.triggers import Origin
from flows.pool.protocol.call import Call, Request, Response

NAME = "UpdateUserAttributes"


def perform(request: Request, call: Call) -> Response:
    access = access_tokens.verify(request["AccessToken"], tools=call.tools)
    sent = verification.update(
        access.user,
        attribute_values.from_pairs(request["UserAttributes"]),
        rule=partial(attributes.for_client_update, access.client),
        origin=Origin.of(request, access.client),
        tools=call.tools,
    )
    return {"CodeDeliveryDetailsList": [address.details for address in sent]}
