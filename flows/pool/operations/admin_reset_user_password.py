"""AdminResetUserPassword: the password no longer signs in; a code is sent with which another can be chosen.

What the old password brought ends, as after ConfirmForgotPassword: an administrator resets it because somebody else may
know it. Whether AWS ends it is not documented; this is the safe reading.
"""

from django.db import transaction

from flows.pool import pools
from flows.pool.accounts import codes, recovery
from flows.pool.directory import users
from flows.pool.errors.users import user_does_not_exist
from flows.pool.lambda_triggers.triggers import Origin
from flows.pool.proofs import replacement
from flows.pool.protocol.call import Call, Request, Response
from flows.terms import UserStatus

NAME = "AdminResetUserPassword"


def perform(request: Request, call: Call) -> Response:
    user = users.get(pools.get(request["UserPoolId"]), request["Username"])
    with transaction.atomic():
        replacement.hold(user, gone=user_does_not_exist())
        address = recovery.address_of(user)
        user.status = UserStatus.RESET_REQUIRED
        user.modified_at = call.tools.now()
        user.save(update_fields=["status", "modified_at"])
        recovery.end_access(user, tools=call.tools)
    codes.send(user, codes.FORGOT_PASSWORD, address, origin=Origin.of(request), tools=call.tools)
    return {}
