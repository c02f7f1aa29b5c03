"""GetUserAttributeVerificationCode: send a code to an address that is not verified, or waits to be."""

from flows.pool import access_tokens, limits, verification
from flows.pool.operations.call import Call, Request, Response

NAME = "GetUserAttributeVerificationCode"
IGNORED = frozenset({"ClientMetadata"})


def perform(request: Request, call: Call) -> Response:
    user = access_tokens.verify(request["AccessToken"], tools=call.tools).user
    limits.count(user, NAME, tools=call.tools)
    address = verification.send_again(user, request["AttributeName"], tools=call.tools)
    return {"CodeDeliveryDetails": address.details}
