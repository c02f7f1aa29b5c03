"""May this user sign in at all? The one gate on a user's state; only the engine asks it.

Asked after a right first factor, so that the answer is told to nobody else (T013). Live pools tell "User is disabled."
to a wrong password too; which of the two comes first is not documented, and this is the safe reading.
"""

from flows.pool.errors.passwords import password_reset_required, temporary_password_expired
from flows.pool.errors.sign_in import user_disabled, user_not_confirmed
from flows.pool.models import PoolUser
from flows.pool.proofs import passwords
from flows.pool.tools import Tools
from flows.terms import UserStatus

_REFUSALS = {
    UserStatus.UNCONFIRMED: user_not_confirmed,
    UserStatus.RESET_REQUIRED: password_reset_required,
    UserStatus.ARCHIVED: user_disabled,
    UserStatus.COMPROMISED: password_reset_required,
}


def require(user: PoolUser, *, tools: Tools) -> None:
    """Raise Cognito's refusal for a user who may not go on: disabled before unconfirmed before everything else."""
    if not user.enabled:
        raise user_disabled()
    if refusal := _REFUSALS.get(UserStatus(user.status)):
        raise refusal()
    if passwords.is_expired(user, tools=tools):
        raise temporary_password_expired()
