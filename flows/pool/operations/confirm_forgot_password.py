"""ConfirmForgotPassword: another password, for the code that ForgotPassword or AdminResetUserPassword sent."""

from django.db import transaction

from flows.pool import limits, lockout
from flows.pool.accounts import callers, codes, recovery
from flows.pool.accounts.callers import Caller
from flows.pool.errors import PoolError
from flows.pool.errors.accounts import code_expired, code_mismatch, password_not_resettable
from flows.pool.errors.sign_in import user_not_confirmed
from flows.pool.lambda_triggers import sign_up_triggers
from flows.pool.lambda_triggers.triggers import Origin
from flows.pool.models import PoolUser
from flows.pool.operations import forgot_password
from flows.pool.proofs import passwords, replacement
from flows.pool.protocol.call import Call, Request, Response
from flows.terms import UserStatus

NAME = "ConfirmForgotPassword"
IGNORED = frozenset({"AnalyticsMetadata", "UserContextData"})


def perform(request: Request, call: Call) -> Response:
    """Whoever got in by the old password is out, second factors stay, and the owner is told (T055)."""
    caller = callers.identify(request, NAME, tools=call.tools)
    passwords.require_policy(caller.pool, request["Password"])
    user = caller.user
    if user is None:
        raise _refusal(caller, call)
    with transaction.atomic():
        replacement.hold(user, gone=code_expired())
        _redeem(caller, user, request["ConfirmationCode"], call)
        if user.status == UserStatus.UNCONFIRMED:
            raise user_not_confirmed()
        if user.status not in recovery.RESETTABLE:
            raise password_not_resettable()
        passwords.set_password(user, request["Password"], status=UserStatus.CONFIRMED, tools=call.tools)
        recovery.end_access(user, tools=call.tools)
        lockout.forget(lockout.key_for(caller.pool, user, caller.typed_name))
    recovery.tell_owner(user, tools=call.tools)
    sign_up_triggers.after_password_reset(user, origin=Origin.of(request))
    return {}


def _redeem(caller: Caller, user: PoolUser, code: str, call: Call) -> None:
    """Only for the address that the user still has: whoever took over the old one may not reset the password."""
    try:
        address = codes.redeem(user, codes.FORGOT_PASSWORD.confirms, code, tools=call.tools)
    except PoolError as error:
        if error.code == "ExpiredCodeException":
            raise _refusal(caller, call) from None
        raise
    if address not in (user.attributes.get("email"), user.attributes.get("phone_number")):
        raise _refusal(caller, call)


def _refusal(caller: Caller, call: Call) -> PoolError:
    """Without a code: "wrong" where one was asked for within its life, else "expired". The same for everybody, so that
    neither tells who could be sent one (section 10.5 of the protocol notes)."""
    asked = limits.is_noted(caller.pool, caller.user, caller.typed_name, forgot_password.NAME, tools=call.tools)
    return code_mismatch() if asked and not caller.is_told else code_expired()
