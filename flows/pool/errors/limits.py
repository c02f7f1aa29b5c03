"""Refusals of whoever tries too often."""

from flows.pool.errors import PoolError, not_authorized


def password_attempts_exceeded() -> PoolError:
    return not_authorized("Password attempts exceeded")


def attempt_limit_exceeded() -> PoolError:
    return PoolError("LimitExceededException", "Attempt limit exceeded, please try after some time.")


def too_many_messages() -> PoolError:
    """The operations of signing in declare no LimitExceededException; the live text was never captured."""
    return PoolError("TooManyRequestsException", "Attempt limit exceeded, please try after some time.")
