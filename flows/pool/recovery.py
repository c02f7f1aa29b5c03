"""Where a user who cannot sign in gets a code: AccountRecoverySetting (section 11 of the protocol notes)."""

from flows.pool import addresses, errors
from flows.pool.addresses import Address
from flows.pool.models import PoolUser
from flows.terms import UserStatus

_ATTRIBUTE = {"verified_email": "email", "verified_phone_number": "phone_number"}
_LEGACY = [{"Name": "verified_phone_number", "Priority": 1}, {"Name": "verified_email", "Priority": 2}]
_RESETTABLE = {UserStatus.CONFIRMED, UserStatus.RESET_REQUIRED, UserStatus.COMPROMISED}


def address_of(user: PoolUser) -> Address:
    """The verified address that the pool prefers; or the refusal of a user who may not or cannot be sent a code."""
    mechanisms = user.pool.setting("AccountRecoverySetting", "RecoveryMechanisms", default=_LEGACY)
    wanted = [each["Name"] for each in sorted(mechanisms, key=lambda each: int(each["Priority"]))]
    if "admin_only" in wanted:
        raise errors.contact_administrator()
    if not user.enabled:
        raise errors.user_disabled()
    if user.status not in _RESETTABLE:
        raise errors.password_not_resettable()
    for name in wanted:
        if address := addresses.verified(user, _ATTRIBUTE[name]):
            return address
    raise errors.no_recovery_address()
