"""What a user can sign in with, as GetUserAuthFactors tells it: first factors and second ones together."""

from typing import Any

from flows.pool.factors import first_factors, mfa
from flows.pool.models import PoolUser
from flows.terms import ChallengeName, FirstFactor

# AuthFactorType has one word for both ways of using a password, for a code in either place, and no "_MFA".
_CALLED = {
    FirstFactor.PASSWORD_SRP: "PASSWORD",
    ChallengeName.SMS_MFA: "SMS_OTP",
    ChallengeName.SOFTWARE_TOKEN_MFA: "SOFTWARE_TOKEN",
}


def described(user: PoolUser) -> dict[str, Any]:
    """The answer of GetUserAuthFactors and AdminGetUserAuthFactors."""
    seconds = mfa.choices(user) if mfa.is_due(user) else []
    names = dict.fromkeys(str(_CALLED.get(each, each)) for each in (*first_factors.usable(user), *seconds))
    told = mfa.described(user)
    return {
        "Username": user.username,
        "PreferredMfaSetting": told["PreferredMfaSetting"],
        "UserMFASettingList": told["UserMFASettingList"],
        "ConfiguredUserAuthFactors": list(names),
    }
