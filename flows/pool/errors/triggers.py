"""Refusals that come of Lambda triggers."""

from flows.pool.errors import PoolError, invalid_parameter


def user_lambda_validation(message: str) -> PoolError:
    return PoolError("UserLambdaValidationException", message)


def unexpected_lambda(message: str) -> PoolError:
    return PoolError("UnexpectedLambdaException", message)


def invalid_lambda_response() -> PoolError:
    return PoolError("InvalidLambdaResponseException", "Unrecognizable lambda output")


def custom_auth_not_configured() -> PoolError:
    return invalid_parameter("Custom auth lambda trigger is not configured for the user pool.")
