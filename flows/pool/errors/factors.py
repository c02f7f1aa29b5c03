"""Refusals of second factors and of sign-in codes."""

from flows.pool.errors import PoolError, invalid_parameter


def sign_in_code_mismatch() -> PoolError:
    return PoolError("CodeMismatchException", "Invalid code or auth state for the user.")


def software_token_mfa_off() -> PoolError:
    """Developer guide, "TOTP software token MFA"."""
    return PoolError("SoftwareTokenMFANotFoundException", "Software Token MFA has not been enabled by the userPool")


def no_software_token() -> PoolError:
    """The live text was never captured; clients match on the code."""
    return PoolError("SoftwareTokenMFANotFoundException", "The user has no software token for this.")


def software_token_not_enabled() -> PoolError:
    return PoolError("EnableSoftwareTokenMFAException", "Code mismatch and fail enable Software Token MFA")


def software_token_not_verified() -> PoolError:
    return invalid_parameter("User has not verified software token mfa")


def software_token_code_mismatch() -> PoolError:
    return PoolError("CodeMismatchException", "Invalid code received for user")


def software_token_code_used() -> PoolError:
    return PoolError("ExpiredCodeException", "Your software token has already been used once.")


def cannot_turn_on(factor: str) -> PoolError:
    return invalid_parameter(f"User does not have delivery config set to turn on {factor}")


def last_second_factor() -> PoolError:
    """The live text was never captured."""
    return invalid_parameter("The last MFA method cannot be disabled while the user pool requires MFA.")


def no_second_factor() -> PoolError:
    """The live text was never captured."""
    return invalid_parameter("MFA is required, and the user has no method for it and can set up none.")
