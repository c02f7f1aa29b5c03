"""ChangePassword: by the user, who proves the present one. Tokens stay; that AWS ends them is not documented."""

from django.db import transaction

from flows.pool import limits
from flows.pool.accounts import codes
from flows.pool.errors import missing_parameter
from flows.pool.errors.passwords import incorrect_username_or_password
from flows.pool.errors.users import user_does_not_exist
from flows.pool.issuing import access_tokens
from flows.pool.proofs import passwords, replacement
from flows.pool.protocol.call import Call, Request, Response
from flows.terms import UserStatus

NAME = "ChangePassword"


def perform(request: Request, call: Call) -> Response:
    user = access_tokens.verify(request["AccessToken"], tools=call.tools).user
    limits.count(user, NAME, tools=call.tools)
    if user.sealed_srp_verifier is not None:  # whoever has never had a password may choose the first
        previous = request.get("PreviousPassword")
        if previous is None:
            raise missing_parameter("PreviousPassword")
        if not passwords.verify(user, previous):
            raise incorrect_username_or_password()
    passwords.require_policy(user.pool, request["ProposedPassword"])
    proved = replacement.which(user)
    with transaction.atomic():
        replacement.hold(user, gone=user_does_not_exist())
        replacement.require_unreplaced(user, proved, refusal=incorrect_username_or_password())
        passwords.set_password(user, request["ProposedPassword"], status=UserStatus.CONFIRMED, tools=call.tools)
        codes.forget(user, {codes.FORGOT_PASSWORD.confirms})
    return {}
