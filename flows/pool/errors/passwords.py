"""Refusals of passwords, at a sign-in and as new ones."""

from flows.pool.errors import PoolError, not_authorized


def incorrect_username_or_password() -> PoolError:
    return not_authorized("Incorrect username or password.")


def invalid_password(rule: str) -> PoolError:
    return PoolError("InvalidPasswordException", f"Password did not conform with policy: {rule}")


def password_in_history() -> PoolError:
    """The live text was never captured; clients match on the code."""
    return PoolError("PasswordHistoryPolicyViolationException", "Password has previously been used")


def password_reset_required() -> PoolError:
    return PoolError("PasswordResetRequiredException", "Password reset required for the user")


def temporary_password_expired() -> PoolError:
    return not_authorized("Temporary password has expired and must be reset by an administrator.")
