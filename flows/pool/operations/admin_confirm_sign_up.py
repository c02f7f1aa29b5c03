"""AdminConfirmSignUp: a user who signed up may sign in, without a code. The addresses stay unverified."""

from flows.pool import pools
from flows.pool.directory import users
from flows.pool.errors.accounts import cannot_be_confirmed
from flows.pool.lambda_triggers import sign_up_triggers
from flows.pool.lambda_triggers.triggers import Origin
from flows.pool.models import PoolUser
from flows.pool.protocol.call import Call, Request, Response
from flows.terms import UserStatus

NAME = "AdminConfirmSignUp"


def perform(request: Request, call: Call) -> Response:
    user = users.get(pools.get(request["UserPoolId"]), request["Username"])
    unconfirmed = PoolUser.objects.filter(pk=user.pk, status=UserStatus.UNCONFIRMED)
    if not unconfirmed.update(status=UserStatus.CONFIRMED, modified_at=call.tools.now()):
        raise cannot_be_confirmed(user.status)
    user.status = UserStatus.CONFIRMED
    sign_up_triggers.after_confirmation(user, origin=Origin.of(request))
    return {}
