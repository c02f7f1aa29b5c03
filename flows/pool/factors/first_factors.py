"""What a user may begin USER_AUTH with (section 2.4 of the protocol notes).

The pool's SignInPolicy says what there is at all; what the user has, and whether a second factor is due, narrows it.
"""

from collections.abc import Callable, Mapping

from flows.pool.attempt import Attempt
from flows.pool.directory import phantoms
from flows.pool.factors import mfa
from flows.pool.models import PoolUser, UserPool
from flows.pool.webauthn import passkeys
from flows.terms import FirstFactor, UserStatus


def available(attempt: Attempt) -> tuple[FirstFactor, ...]:
    """AvailableChallenges, in the order of live answers.

    Somebody who does not exist is always offered the same ones, and so is a user with nothing to sign in by: each
    factor's challenge is then put as to a phantom, and never passed.
    """
    if attempt.user and (factors := usable(attempt.user)):
        return factors
    pool, name = attempt.pool, attempt.typed_name
    return tuple(each for each in _allowed(pool) if phantoms.has_factor(pool, name, each))


def usable(user: PoolUser) -> tuple[FirstFactor, ...]:
    """Those that the pool allows and this user can pass."""
    return tuple(each for each in _allowed(user.pool) if _USABLE[each](user))


def _allowed(pool: UserPool) -> list[FirstFactor]:
    """PASSWORD stands for both ways of using one."""
    configured = pool.setting("Policies", "SignInPolicy", "AllowedFirstAuthFactors", default=["PASSWORD"])
    return [each for each in FirstFactor if each.removesuffix("_SRP") in configured]


def _has_password(user: PoolUser) -> bool:
    return user.sealed_srp_verifier is not None


def _can_be_sent(attribute: str) -> Callable[[PoolUser], bool]:
    """A code cannot stand beside a second factor, nor in place of a password that must be changed."""

    def usable(user: PoolUser) -> bool:
        return bool(user.attributes.get(attribute)) and not _must_change(user) and not mfa.is_due(user)

    return usable


def _has_passkey(user: PoolUser) -> bool:
    if _must_change(user) or (mfa.is_due(user) and not mfa.passkey_is_enough(user)):
        return False
    return passkeys.usable(user).exists()


def _must_change(user: PoolUser) -> bool:
    return user.status == UserStatus.FORCE_CHANGE_PASSWORD


_USABLE: Mapping[FirstFactor, Callable[[PoolUser], bool]] = {
    FirstFactor.PASSWORD_SRP: _has_password,
    FirstFactor.PASSWORD: _has_password,
    FirstFactor.EMAIL_OTP: _can_be_sent("email"),
    FirstFactor.SMS_OTP: _can_be_sent("phone_number"),
    FirstFactor.WEB_AUTHN: _has_passkey,
}
