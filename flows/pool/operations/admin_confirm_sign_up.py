"""AdminConfirmSignUp: a user who signed up may sign in, without a code. The addresses stay unverified."""

from flows.pool import errors, pools, sign_up_triggers, users
from flows.pool.models import PoolUser
from flows.pool.operations.call import Call, Request, Response
from flows.pool.triggers import Origin
from flows.terms import UserStatus

NAME = "AdminConfirmSignUp"


def perform(request: Request, call: Call) -> Response:
    user = users.get(pools.get(request["UserPoolId"]), request["Username"])
    unconfirmed = PoolUser.objects.filter(pk=user.pk, status=UserStatus.UNCONFIRMED)
    if not unconfirmed.update(status=UserStatus.CONFIRMED, modified_at=call.tools.now()):
        raise errors.cannot_be_confirmed(user.status)
    user.status = UserStatus.CONFIRMED
    sign_up_triggers.after_confirmation(user, origin=Origin.of(request))
    return {}
