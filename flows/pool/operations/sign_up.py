"""SignUp: somebody makes an account of their own. It is confirmed by the code that is sent, or by an administrator."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from flows.pool import clients
from flows.pool.accounts import codes, sign_up
from flows.pool.directory import attribute_values, attributes, usernames, users
from flows.pool.directory.aliases import VERIFIED_FLAG
from flows.pool.errors import PoolError
from flows.pool.errors.accounts import password_missing, sign_up_not_permitted, user_exists
from flows.pool.errors.users import account_with_attribute_exists, attributes_required
from flows.pool.lambda_triggers import sign_up_triggers
from flows.pool.lambda_triggers.triggers import Origin
from flows.pool.models import AppClient, UserPool
from flows.pool.proofs import passwords
from flows.pool.protocol.call import Call, Request, Response

NAME = "SignUp"
IGNORED = frozenset({"AnalyticsMetadata", "UserContextData"})


def perform(request: Request, call: Call) -> Response:
    client, name = clients.find(request["ClientId"]), request["Username"]
    clients.verify_secret_hash(client, [name], request.get("SecretHash"))
    if client.pool.setting("AdminCreateUserConfig", "AllowAdminCreateUserOnly", default=False):
        raise sign_up_not_permitted()
    password = request.get("Password")
    _require_password(client.pool, password)
    given = _attributes(client, name, request)
    origin = Origin.of(request)
    decision = _decide(client.pool, name, given, request, origin)
    with transaction.atomic():
        user = users.add(
            client.pool,
            username=name,
            attributes=decision.applied_to(given),
            status=decision.status,
            tools=call.tools,
            taken=_taken(client.pool, name),
            take_over=bool(decision.verified),
        )
        if password:
            passwords.set_password(user, password, status=decision.status, tools=call.tools)
        session = sign_up.session_after_sign_up(client, user, name, tools=call.tools)
    address = None
    if decision.confirmed:
        sign_up_triggers.after_confirmation(user, origin=origin)
    else:
        address = sign_up.send_code(user, codes.SIGN_UP, origin=origin, tools=call.tools)
    return {
        "UserConfirmed": decision.confirmed,
        "UserSub": str(user.sub),
        "CodeDeliveryDetails": address.details if address else None,
        "Session": session,
    }


def _decide(
    pool: UserPool, name: str, given: Mapping[str, str], request: Request, origin: Origin
) -> sign_up_triggers.Decision:
    """PreSignUp's, which is not asked about a name that is taken."""
    if users.find(pool, name) is not None:
        raise _taken(pool, name)
    validation_data = attribute_values.from_pairs(request.get("ValidationData", []))
    return sign_up_triggers.before_sign_up(pool, name, given, validation_data=validation_data, origin=origin)


def _require_password(pool: UserPool, password: str | None) -> None:
    """May be left out where users can sign in without any."""
    factors = pool.setting("Policies", "SignInPolicy", "AllowedFirstAuthFactors", default=["PASSWORD"])
    if password:
        passwords.require_policy(pool, password)
    elif set(factors) == {"PASSWORD"}:
        raise password_missing()


def _attributes(client: AppClient, name: str, request: Mapping[str, Any]) -> dict[str, str]:
    """What the client may write, with the name where that is an address; nothing is verified yet."""
    given = attribute_values.from_pairs(request.get("UserAttributes", []))
    have = usernames.attributes_with_name(client.pool, name, attributes.for_client_write(client, {}, given))
    if missing := attributes.missing_required(client.pool, have):
        raise attributes_required(missing)
    return have | {flag: "false" for attribute, flag in VERIFIED_FLAG.items() if have.get(attribute)}


def _taken(pool: UserPool, name: str) -> PoolError:
    """The refusal for a name that is taken, which SignUp gives to every client (section 10.5 of the protocol notes)."""
    if pool.setting("UsernameAttributes", default=[]):
        return account_with_attribute_exists(sign_up.attribute_of(name))
    return user_exists()
