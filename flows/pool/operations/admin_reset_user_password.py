"""AdminResetUserPassword: the password no longer signs in; a code is sent with which another can be chosen.

Refresh tokens stay: whether AWS ends them is not documented. Operations with an access token are refused.
"""

from django.db import transaction

from flows.pool import codes, pools, recovery, users
from flows.pool.operations.call import Call, Request, Response
from flows.terms import UserStatus

NAME = "AdminResetUserPassword"
IGNORED = frozenset({"ClientMetadata"})


def perform(request: Request, call: Call) -> Response:
    user = users.get(pools.get(request["UserPoolId"]), request["Username"])
    address = recovery.address_of(user)
    with transaction.atomic():
        user.status = UserStatus.RESET_REQUIRED
        user.modified_at = call.tools.now()
        user.save(update_fields=["status", "modified_at"])
    codes.send(user, codes.FORGOT_PASSWORD, address, tools=call.tools)
    return {}
