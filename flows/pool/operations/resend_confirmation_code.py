"""ResendConfirmationCode: another code for somebody who signed up; the one before is good for nothing then."""

from flows.pool.accounts import callers, codes, sign_up
from flows.pool.directory import phantoms
from flows.pool.errors.accounts import already_confirmed, nothing_verified
from flows.pool.lambda_triggers.triggers import Origin
from flows.pool.protocol.call import Call, Request, Response
from flows.terms import UserStatus

NAME = "ResendConfirmationCode"
IGNORED = frozenset({"AnalyticsMetadata", "UserContextData"})


def perform(request: Request, call: Call) -> Response:
    """CodeDeliveryDetails, made up for a name that nobody has."""
    caller = callers.identify(request, NAME, tools=call.tools)
    attributes = sign_up.verified_attributes(caller.pool)
    if not attributes:
        raise nothing_verified()
    user = caller.user
    if user is not None and user.status != UserStatus.UNCONFIRMED:
        raise already_confirmed()
    address = sign_up.send_code(user, codes.RESEND, origin=Origin.of(request), tools=call.tools) if user else None
    if address is None:
        if caller.is_told:
            raise nothing_verified()
        address = phantoms.reachable_at(caller.pool, caller.typed_name, attributes)
    return {"CodeDeliveryDetails": address.details}
