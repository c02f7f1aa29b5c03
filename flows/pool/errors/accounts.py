"""Refusals around an account: signing up, the codes that confirm, a forgotten password."""

from flows.pool.errors import PoolError, invalid_parameter, not_authorized


def user_exists() -> PoolError:
    """SignUp's words."""
    return PoolError("UsernameExistsException", "User already exists")


def sign_up_not_permitted() -> PoolError:
    return not_authorized("SignUp is not permitted for this user pool")


def password_missing() -> PoolError:
    return invalid_parameter(
        "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null"
    )


def no_such_username() -> PoolError:
    """Of the operations that name an app client and a username."""
    return PoolError("UserNotFoundException", "Username/client id combination not found.")


def already_confirmed() -> PoolError:
    """The live text was never captured."""
    return invalid_parameter("User is already confirmed.")


def nothing_verified() -> PoolError:
    return not_authorized("Cannot resend codes. Auto verification not turned on.")


def cannot_be_confirmed(status: str) -> PoolError:
    return not_authorized(f"User cannot be confirmed. Current status is {status}")


def unsupported_user_state(username: str) -> PoolError:
    return PoolError(
        "UnsupportedUserStateException", f"Resend not possible. {username} status is not FORCE_CHANGE_PASSWORD"
    )


def password_not_resettable() -> PoolError:
    return not_authorized("User password cannot be reset in the current state.")


def contact_administrator() -> PoolError:
    """Known from emulators only."""
    return not_authorized("Contact administrator to reset password.")


def no_recovery_address() -> PoolError:
    return invalid_parameter(
        "Cannot reset password for the user as there is no registered/verified email or phone_number"
    )


def code_mismatch() -> PoolError:
    return PoolError("CodeMismatchException", "Invalid verification code provided, please try again.")


def code_expired() -> PoolError:
    return PoolError("ExpiredCodeException", "Invalid code provided, please request a code again.")


def nothing_to_verify(attribute: str) -> PoolError:
    """Known from emulators only."""
    words = {"email": ("Email", "an email"), "phone_number": ("Phone Number", "a phone number")}[attribute]
    return invalid_parameter(f"{words[0]} is required to verify/un-verify {words[1]}")


def not_verifiable(attribute: str) -> PoolError:
    """The live text was never captured."""
    return invalid_parameter(f"Attribute {attribute} cannot be verified.")
