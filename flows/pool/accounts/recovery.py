"""Where a user who cannot sign in gets a code: AccountRecoverySetting (section 11 of the protocol notes)."""

from flows.pool.directory import addresses
from flows.pool.directory.addresses import Address
from flows.pool.errors.accounts import contact_administrator, no_recovery_address, password_not_resettable
from flows.pool.errors.sign_in import user_disabled
from flows.pool.issuing import refresh
from flows.pool.models import PoolUser, UserPool
from flows.pool.tools import Message, Tools
from flows.terms import UserStatus

_ATTRIBUTE = {"verified_email": "email", "verified_phone_number": "phone_number"}
_LEGACY = [{"Name": "verified_phone_number", "Priority": 1}, {"Name": "verified_email", "Priority": 2}]
RESETTABLE = {UserStatus.CONFIRMED, UserStatus.RESET_REQUIRED, UserStatus.COMPROMISED}
_NOTICE = (
    "Your password was changed with a code that was sent to you, and you were signed out everywhere. "
    "If that was not you, reset it again and tell whoever runs this site."
)


def attributes_of(pool: UserPool) -> list[str]:
    """The attributes to which the pool sends a code, the preferred one first; or the refusal where only an
    administrator helps."""
    mechanisms = pool.setting("AccountRecoverySetting", "RecoveryMechanisms", default=_LEGACY)
    wanted = [each["Name"] for each in sorted(mechanisms, key=lambda each: int(each["Priority"]))]
    if "admin_only" in wanted:
        raise contact_administrator()
    return [_ATTRIBUTE[name] for name in wanted]


def address_of(user: PoolUser) -> Address:
    """The verified address that the pool prefers; or the refusal of a user who may not or cannot be sent a code."""
    wanted = attributes_of(user.pool)
    if not user.enabled:
        raise user_disabled()
    if user.status not in RESETTABLE:
        raise password_not_resettable()
    for attribute in wanted:
        if address := addresses.verified(user, attribute):
            return address
    raise no_recovery_address()


def end_access(user: PoolUser, *, tools: Tools) -> None:
    """Whoever got in by the password that is being reset is out: refresh tokens end, with them the access tokens, and
    devices are forgotten, which would have spared the second factor. What was set up as one stays (T055).

    Cognito does not document to do either; this is the safe reading. Inside the transaction that resets.
    """
    refresh.revoke_all(user, now=tools.now())
    user.devices.all().delete()


def tell_owner(user: PoolUser, *, tools: Tools) -> None:
    """A notice that the password was reset, to the verified addresses. Cognito sends none; the owner may have slept
    while somebody else read the code."""
    for attribute in ("email", "phone_number"):
        if address := addresses.verified(user, attribute):
            notice = Message(
                medium=address.medium,
                destination=address.value,
                username=user.username,
                purpose="PasswordReset",
                text=_NOTICE,
                subject="Your password was changed",
            )
            tools.deliver(user.pool_id, notice)
