"""ConfirmSignUp: the code that SignUp sent confirms the user and proves the address.

That a user is confirmed already is told to every client, as on AWS: applications take it for a success.
"""

from django.db import transaction

from flows.pool.accounts import callers, codes, sign_up
from flows.pool.directory import users
from flows.pool.directory.aliases import VERIFIED_FLAG
from flows.pool.errors.accounts import cannot_be_confirmed, code_expired, code_mismatch
from flows.pool.lambda_triggers import sign_up_triggers
from flows.pool.lambda_triggers.triggers import Origin
from flows.pool.models import PoolUser
from flows.pool.proofs import replacement
from flows.pool.protocol.call import Call, Request, Response
from flows.terms import UserStatus

NAME = "ConfirmSignUp"
IGNORED = frozenset({"AnalyticsMetadata", "UserContextData"})


def perform(request: Request, call: Call) -> Response:
    """The Session, if there is one, signs in by InitiateAuth with USER_AUTH."""
    caller = callers.identify(request, NAME, tools=call.tools)
    user = caller.user
    if user is None:
        raise code_mismatch()
    with transaction.atomic():
        replacement.hold(user, gone=code_mismatch())
        if user.status != UserStatus.UNCONFIRMED:
            raise cannot_be_confirmed(user.status)
        if session := request.get("Session"):
            sign_up.use_up(session, caller.client, user, tools=call.tools)
        address = codes.redeem(user, codes.SIGN_UP.confirms, request["ConfirmationCode"], tools=call.tools)
        attribute = sign_up.attribute_of(address)
        _confirm(user, attribute, address, take_over=bool(request.get("ForceAliasCreation")), call=call)
        renewed = sign_up.session_after_confirmation(
            caller.client, user, caller.typed_name, attribute=attribute, tools=call.tools
        )
    sign_up_triggers.after_confirmation(user, origin=Origin.of(request))
    return {"Session": renewed}


def _confirm(user: PoolUser, attribute: str, address: str, *, take_over: bool, call: Call) -> None:
    """Only by the address that the user still has. Raises AliasExistsException, and the code can be used again."""

    def verify(have: dict[str, str]) -> dict[str, str]:
        if have.get(attribute) != address:
            raise code_expired()
        return {**have, VERIFIED_FLAG[attribute]: "true"}

    user.status = UserStatus.CONFIRMED
    user.save(update_fields=["status"])
    users.change_attributes(user, verify, tools=call.tools, take_over=take_over)
