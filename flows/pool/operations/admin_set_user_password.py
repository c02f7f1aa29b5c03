"""AdminSetUserPassword: a password that the administrator chooses, for good or until the next sign-in.

Tokens stay, as far as is known of AWS: scripts set passwords for many reasons, and AdminUserGlobalSignOut ends them. A
code that was sent for another password is good for nothing then.
"""

from django.db import transaction

from flows.pool import pools
from flows.pool.accounts import codes
from flows.pool.directory import users
from flows.pool.proofs import passwords
from flows.pool.protocol.call import Call, Request, Response
from flows.terms import UserStatus

NAME = "AdminSetUserPassword"


def perform(request: Request, call: Call) -> Response:
    pool = pools.get(request["UserPoolId"])
    user = users.get(pool, request["Username"])
    passwords.require_policy(pool, request["Password"])
    status = UserStatus.CONFIRMED if request.get("Permanent") else UserStatus.FORCE_CHANGE_PASSWORD
    with transaction.atomic():
        passwords.set_password(user, request["Password"], status=status, tools=call.tools)
        codes.forget(user, {codes.FORGOT_PASSWORD.confirms})
    return {}
