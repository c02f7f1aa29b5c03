"""What the operations of signing up have in common: where the code goes, and the Sessions that lead to tokens.

SignUp and ConfirmSignUp give a Session to clients that allow USER_AUTH. The one only says that both calls belong
together, and Amplify does not send it back; the other signs in without a further question (section 2.4, rule 8, of the
protocol notes). Both are single use, of one user and one client, and good for nothing else.
"""

from flows.pool import clients, sessions
from flows.pool.accounts import codes
from flows.pool.accounts.codes import Purpose
from flows.pool.attempt import Attempt
from flows.pool.directory import addresses, attribute_values
from flows.pool.directory.addresses import MEDIA, Address
from flows.pool.errors.sign_in import invalid_session
from flows.pool.factors import first_factors
from flows.pool.lambda_triggers.triggers import Origin
from flows.pool.models import AppClient, PoolUser, UserPool
from flows.pool.proofs import replacement
from flows.pool.sessions import Pending
from flows.pool.tools import Tools
from flows.terms import AuthFlow, ChallengeName, FirstFactor

SIGN_UP, CONFIRM_SIGN_UP = "SignUp", "ConfirmSignUp"  # what a Session came from
_FACTOR = {"email": ChallengeName.EMAIL_OTP, "phone_number": ChallengeName.SMS_OTP}


def verified_attributes(pool: UserPool) -> list[str]:
    """AutoVerifiedAttributes, the telephone first: "If both are verified automatically, the code goes to the phone"
    (developer guide, "Signing up and confirming user accounts")."""
    wanted = pool.setting("AutoVerifiedAttributes", default=[])
    return [attribute for attribute in sorted(MEDIA, reverse=True) if attribute in wanted]


def send_code(user: PoolUser, purpose: Purpose, *, origin: Origin, tools: Tools) -> Address | None:
    """Send a confirmation code, SIGN_UP or RESEND; None where nothing is verified by itself, or the user has no such
    address."""
    for attribute in verified_attributes(user.pool):
        if address := addresses.of(user, attribute):
            codes.send(user, purpose, address, origin=origin, tools=tools)
            return address
    return None


def attribute_of(address: str) -> str:
    return "phone_number" if attribute_values.is_phone_number(address) else "email"


def session_after_sign_up(client: AppClient, user: PoolUser, name: str, *, tools: Tools) -> str | None:
    attempt = _attempt(client, user, name)
    return sessions.keep(attempt, SIGN_UP, tools=tools) if clients.allows(client, "ALLOW_USER_AUTH") else None


def use_up(session: str, client: AppClient, user: PoolUser, *, tools: Tools) -> None:
    """Raises NotAuthorizedException unless ``session`` came from this user's SignUp. Inside the transaction that
    confirms."""
    pending = sessions.find(session, client=client, challenges={SIGN_UP}, tools=tools)
    if pending.attempt.user != user:
        raise invalid_session()
    pending.use_up()


def session_after_confirmation(
    client: AppClient, user: PoolUser, name: str, *, attribute: str, tools: Tools
) -> str | None:
    """A Session that signs in; None where the code that confirmed would not have signed in either."""
    attempt, factor = _attempt(client, user, name), _FACTOR[attribute]
    if not clients.allows(client, "ALLOW_USER_AUTH") or FirstFactor(factor) not in first_factors.available(attempt):
        return None
    return sessions.keep(attempt, CONFIRM_SIGN_UP, private={"factor": factor}, tools=tools)


def pending_sign_in(session: str, client: AppClient, *, tools: Tools) -> tuple[Pending, ChallengeName]:
    """The sign-in that ConfirmSignUp's Session stands for, and the first factor that has been passed by it. Raises
    NotAuthorizedException."""
    pending = sessions.find(session, client=client, challenges={CONFIRM_SIGN_UP}, tools=tools)
    factor = ChallengeName(pending.private["factor"])
    if FirstFactor(factor) not in first_factors.available(pending.attempt):  # the pool, or the user, has changed
        raise invalid_session()
    return pending, factor


def _attempt(client: AppClient, user: PoolUser, name: str) -> Attempt:
    password = replacement.salt_of(user)  # one that is replaced ends the Session (T055)
    return Attempt(client=client, user=user, typed_name=name, auth_flow=AuthFlow.USER_AUTH, password=password)
