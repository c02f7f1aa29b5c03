"""Second factors: which a user has, whether one is due, and which is asked.

Source: developer guide, "Details of MFA logic at user runtime" (section 3.5 of the protocol notes); where we read it
our own way stands in docs/protocol/mfa.md. ``PoolUser.mfa`` is ``{"enabled": [...], "preferred": name, "passkeys":
bool}`` in Cognito's words: UserMFASettingList, PreferredMfaSetting, WebAuthnMfaSettings.
"""

from typing import Any

from flows.pool.attempt import Attempt
from flows.pool.directory import addresses
from flows.pool.errors.factors import no_second_factor
from flows.pool.factors import software_tokens
from flows.pool.models import PoolUser, UserPool
from flows.pool.outcomes import Owed
from flows.pool.reasons import Because
from flows.terms import ChallengeName

SMS, TOKEN, EMAIL = ChallengeName.SMS_MFA, ChallengeName.SOFTWARE_TOKEN_MFA, ChallengeName.EMAIL_OTP
FACTORS = (SMS, TOKEN, EMAIL)
_ATTRIBUTE = {SMS: "phone_number", EMAIL: "email"}
_RECOVERY = {"verified_phone_number": SMS, "verified_email": EMAIL}
_ALWAYS_SECOND = frozenset({ChallengeName.SMS_MFA, ChallengeName.SOFTWARE_TOKEN_MFA, ChallengeName.MFA_SETUP})


# -- The decision ----------------------------------------------------------------------------------------------------
def owed(attempt: Attempt) -> Owed:
    """The second-factor challenge that comes next, or None when none is due or one has been passed.

    Raises InvalidParameterException where one is due and the user can neither give nor set up any.
    """
    user = attempt.user
    if user is None or not is_due(user):
        return Owed(None, Because.MFA_OFF if _mode(attempt.pool) == "OFF" else Because.MFA_NOT_TURNED_ON)
    if met := _met_by(attempt, user):
        return Owed(None, met)
    return next_for(user)


def is_due(user: PoolUser) -> bool:
    """Must this user give a second factor, whatever the first one was?"""
    mode = _mode(user.pool)
    return mode == "ON" or (mode == "OPTIONAL" and bool(enabled(user)))


def next_for(user: PoolUser) -> Owed:
    """The challenge for a user of whom a second factor is due: the first rule that fits."""
    mode, factors = _mode(user.pool), choices(user)
    if (wanted := preferred(user)) in factors:
        return Owed(wanted, Because.PREFERRED_MFA.format(mode=mode, factor=wanted))
    if len(factors) == 1:
        return Owed(factors[0], Because.ONE_FACTOR.format(mode=mode, factor=factors[0]))
    if factors:
        why = Because.SEVERAL_FACTORS.format(mode=mode, factors=", ".join(factors))
        return Owed(ChallengeName.SELECT_MFA_TYPE, why)
    if possible := can_set_up(user):
        why = Because.NO_FACTOR_YET.format(mode=mode, factors=", ".join(possible))
        return Owed(ChallengeName.MFA_SETUP, why)
    raise no_second_factor()


def choices(user: PoolUser) -> list[ChallengeName]:
    """The factors that may be asked: those the user enabled; where MFA is required, also those that are simply there.

    An address that nobody has proved stands in only where there is nothing better (T054).
    """
    chosen = enabled(user)
    if _mode(user.pool) != "ON":
        return chosen
    there = [factor for factor in FACTORS if factor in chosen or _is_there(user, factor)]
    return [factor for factor in there if factor in chosen or _is_proved(user, factor)] or there


def can_set_up(user: PoolUser) -> list[ChallengeName]:
    """MFAS_CAN_SETUP: an app, and an e-mail address for who has none. A telephone cannot be set up while signing in."""
    by_email = not user.attributes.get("email") and _primary_recovery(user.pool) != EMAIL
    possible = {TOKEN: True, EMAIL: by_email}
    return [factor for factor, may in possible.items() if may and is_on(user.pool, factor)]


# -- What there is ---------------------------------------------------------------------------------------------------
def is_on(pool: UserPool, factor: ChallengeName) -> bool:
    """Does SetUserPoolMfaConfig let users have this factor?"""
    if factor == TOKEN:
        return bool(pool.setting("SoftwareTokenMfaConfiguration", "Enabled", default=False))
    return pool.setting({SMS: "SmsMfaConfiguration", EMAIL: "EmailMfaConfiguration"}[factor]) is not None


def has(user: PoolUser, factor: ChallengeName) -> bool:
    """Could this user answer it? An app stays good when the pool stops offering new ones (developer guide, "TOTP
    software token MFA")."""
    if factor == TOKEN:
        return software_tokens.is_registered(user)
    return is_on(user.pool, factor) and bool(user.attributes.get(_ATTRIBUTE[factor]))


def enabled(user: PoolUser) -> list[ChallengeName]:
    """UserMFASettingList: the factors that are turned on for the user and can be asked."""
    turned_on = user.mfa.get("enabled", [])
    return [factor for factor in FACTORS if factor in turned_on and has(user, factor)]


def preferred(user: PoolUser) -> ChallengeName | None:
    """PreferredMfaSetting."""
    return next((factor for factor in enabled(user) if factor == user.mfa.get("preferred")), None)


def passkey_is_enough(user: PoolUser) -> bool:
    """Does a passkey with user verification count as both factors, for this pool and this user?"""
    return passkeys_may_be_enough(user.pool) and bool(user.mfa.get("passkeys"))


def passkeys_may_be_enough(pool: UserPool) -> bool:
    configured = pool.setting("WebAuthnConfiguration", "FactorConfiguration", default="SINGLE_FACTOR")
    return bool(configured == "MULTI_FACTOR_WITH_USER_VERIFICATION")


def described(user: PoolUser) -> dict[str, Any]:
    """What GetUser and AdminGetUser tell; absent where there is nothing to tell, as on AWS."""
    factors = enabled(user)
    by_sms = [{"DeliveryMedium": "SMS", "AttributeName": "phone_number"}]
    return {
        "MFAOptions": by_sms if SMS in factors else None,
        "PreferredMfaSetting": preferred(user),
        "UserMFASettingList": factors or None,
    }


# -- Parts of the decision -------------------------------------------------------------------------------------------
def _mode(pool: UserPool) -> str:
    return str(pool.setting("MfaConfiguration", default="OFF"))


def _met_by(attempt: Attempt, user: PoolUser) -> str:
    """Why a second factor that is due has been given; empty while it has not. A code by e-mail is one unless it was the
    first factor."""
    first, later = attempt.passed[:1], attempt.passed[1:]
    if first == (ChallengeName.WEB_AUTHN,) and passkey_is_enough(user):
        return Because.PASSKEY_PASSED
    given = [each for each in attempt.passed if each in _ALWAYS_SECOND] + [each for each in later if each == EMAIL]
    return Because.FACTOR_PASSED.format(challenge=given[0]) if given else ""


def _is_there(user: PoolUser, factor: ChallengeName) -> bool:
    """Without the user's asking for it: what the pool offers and the user has, but not where passwords are recovered
    to."""
    return is_on(user.pool, factor) and factor != _primary_recovery(user.pool) and has(user, factor)


def _is_proved(user: PoolUser, factor: ChallengeName) -> bool:
    return factor == TOKEN or addresses.verified(user, _ATTRIBUTE[factor]) is not None


def _primary_recovery(pool: UserPool) -> ChallengeName | None:
    """The factor that would go to where forgotten passwords are recovered. A pool without AccountRecoverySetting has
    the older behaviour, which lets one address serve both."""
    mechanisms = pool.setting("AccountRecoverySetting", "RecoveryMechanisms", default=[])
    first = min(mechanisms, key=lambda each: int(each["Priority"]), default={"Name": ""})
    return _RECOVERY.get(first["Name"])
