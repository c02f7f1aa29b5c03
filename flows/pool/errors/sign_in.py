"""Refusals of a sign-in that have nothing to do with a secret: the flow, the user's state, the Session."""

from flows.pool.errors import PoolError, invalid_parameter, not_authorized


def flow_not_supported() -> PoolError:
    return invalid_parameter("Initiate Auth method not supported.")


def user_disabled() -> PoolError:
    return not_authorized("User is disabled.")


def user_not_confirmed() -> PoolError:
    return PoolError("UserNotConfirmedException", "User is not confirmed.")


def invalid_session() -> PoolError:
    return not_authorized("Invalid session for the user.")


def session_used() -> PoolError:
    return not_authorized("Invalid session for the user, session can only be used once.")


def session_expired() -> PoolError:
    return not_authorized("Invalid session for the user, session is expired.")
