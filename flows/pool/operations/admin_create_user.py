"""AdminCreateUser: a user made by an administrator, with a temporary password that is sent or handed over.

Required attributes may be missing: the user is asked for them together with the new password.
"""

from django.db import transaction

from flows.pool import pools
from flows.pool.accounts import invitations
from flows.pool.control_plane import describe
from flows.pool.directory import attribute_values, usernames, users
from flows.pool.errors.accounts import unsupported_user_state
from flows.pool.errors.users import user_account_exists
from flows.pool.lambda_triggers import sign_up_triggers
from flows.pool.lambda_triggers.triggers import Origin
from flows.pool.models import PoolUser, UserPool
from flows.pool.proofs import passwords
from flows.pool.protocol.call import Call, Request, Response
from flows.terms import UserStatus

NAME = "AdminCreateUser"


def perform(request: Request, call: Call) -> Response:
    pool = pools.get(request["UserPoolId"])
    action = request.get("MessageAction")
    user, password = (_reset if action == "RESEND" else _create)(pool, request, call)
    if action != "SUPPRESS" and password is not None:
        invitations.deliver(
            user,
            password,
            name=request["Username"],
            media=request.get("DesiredDeliveryMediums"),
            origin=Origin.of(request),
            tools=call.tools,
        )
    return {"User": describe.user(user)}


def _create(pool: UserPool, request: Request, call: Call) -> tuple[PoolUser, str | None]:
    given = attribute_values.from_pairs(request.get("UserAttributes", []))
    given = usernames.attributes_with_name(pool, request["Username"], given)
    attribute_values.require_valid(pool, given)
    attributes = {name: value for name, value in given.items() if value}
    if request.get("MessageAction") != "SUPPRESS":
        invitations.require_address(attributes, request.get("DesiredDeliveryMediums"))
    password = _temporary_password(pool, request, call)
    _let_function_refuse(pool, attributes, request)
    with transaction.atomic():
        user = users.add(
            pool,
            username=request["Username"],
            attributes=attributes,
            status=UserStatus.FORCE_CHANGE_PASSWORD if password else UserStatus.CONFIRMED,
            tools=call.tools,
            take_over=bool(request.get("ForceAliasCreation")),
        )
        if password is not None:
            passwords.set_password(user, password, status=UserStatus.FORCE_CHANGE_PASSWORD, tools=call.tools)
    return user, password


def _let_function_refuse(pool: UserPool, attributes: dict[str, str], request: Request) -> None:
    if users.find(pool, request["Username"]) is not None:
        raise user_account_exists()
    sign_up_triggers.before_creation(
        pool,
        request["Username"],
        attributes,
        validation_data=attribute_values.from_pairs(request.get("ValidationData", [])),
        origin=Origin.of(request),
    )


def _reset(pool: UserPool, request: Request, call: Call) -> tuple[PoolUser, str | None]:
    """RESEND: the same user, a new temporary password, its time running anew."""
    found = users.get(pool, request["Username"])
    invitations.require_address(found.attributes, request.get("DesiredDeliveryMediums"))
    password = _temporary_password(pool, request, call)
    with transaction.atomic():  # whoever is choosing a password at this moment must not lose it
        user = PoolUser.objects.select_for_update().select_related("pool").get(pk=found.pk)
        if user.status != UserStatus.FORCE_CHANGE_PASSWORD:
            raise unsupported_user_state(user.username)
        if password is not None:
            passwords.set_password(user, password, status=UserStatus.FORCE_CHANGE_PASSWORD, tools=call.tools)
    return user, password


def _temporary_password(pool: UserPool, request: Request, call: Call) -> str | None:
    """The password given, or one made up; None where users may sign in without any and none was given."""
    if given := request.get("TemporaryPassword"):
        passwords.require_policy(pool, given)
        return str(given)
    factors = pool.setting("Policies", "SignInPolicy", "AllowedFirstAuthFactors", default=["PASSWORD"])
    return passwords.make_temporary(pool, tools=call.tools) if set(factors) == {"PASSWORD"} else None
