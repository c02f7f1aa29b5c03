"""ForgotPassword: a code with which another password can be chosen. The present one signs in until then."""

from functools import partial

from flows.pool import limits
from flows.pool.accounts import callers, codes, recovery
from flows.pool.accounts.callers import Caller
from flows.pool.directory import phantoms
from flows.pool.directory.addresses import Address
from flows.pool.errors import PoolError
from flows.pool.lambda_triggers import user_migration
from flows.pool.lambda_triggers.triggers import Origin
from flows.pool.protocol.call import Call, Request, Response

NAME = "ForgotPassword"
IGNORED = frozenset({"AnalyticsMetadata", "UserContextData"})


def perform(request: Request, call: Call) -> Response:
    """CodeDeliveryDetails, made up for whoever cannot be sent a code, if the client hides who exists."""
    metadata = request.get("ClientMetadata", {})
    migrate = partial(user_migration.at_forgot_password, client_metadata=metadata, tools=call.tools)
    caller = callers.identify(request, NAME, tools=call.tools, elsewhere=migrate)
    attributes = recovery.attributes_of(caller.pool)
    limits.note(caller.pool, caller.user, caller.typed_name, NAME, tools=call.tools)
    address = _address(caller)
    if address is None or caller.user is None:
        return {"CodeDeliveryDetails": phantoms.reachable_at(caller.pool, caller.typed_name, attributes).details}
    codes.send(caller.user, codes.FORGOT_PASSWORD, address, origin=Origin.of(request), tools=call.tools)
    return {"CodeDeliveryDetails": address.details}


def _address(caller: Caller) -> Address | None:
    try:
        return recovery.address_of(caller.user) if caller.user else None
    except PoolError:
        if caller.is_told:
            raise
        return None
