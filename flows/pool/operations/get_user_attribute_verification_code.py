"""GetUserAttributeVerificationCode: send a code to an address that is not verified, or waits to be."""

from flows.pool import limits
from flows.pool.accounts import verification
from flows.pool.issuing import access_tokens
from flows.pool.lambda_triggers.triggers import Origin
from flows.pool.protocol.call import Call, Request, Response

NAME = "GetUserAttributeVerificationCode"


def perform(request: Request, call: Call) -> Response:
    access = access_tokens.verify(request["AccessToken"], tools=call.tools)
    limits.count(access.user, NAME, tools=call.tools)
    origin = Origin.of(request, access.client)
    address = verification.send_again(access.user, request["AttributeName"], origin=origin, tools=call.tools)
    return {"CodeDeliveryDetails": address.details}
