"""Refusals of passkeys. The codes are the service model's; none of the texts was ever captured."""

from flows.pool.errors import PoolError, invalid_parameter, not_authorized, not_found


def passkeys_not_enabled() -> PoolError:
    return PoolError("WebAuthnNotEnabledException", "Passkeys are not enabled for this user pool.")


def relying_party_missing() -> PoolError:
    return PoolError("WebAuthnConfigurationMissingException", "The user pool has no relying party ID.")


def passkey_challenge_not_found() -> PoolError:
    return PoolError("WebAuthnChallengeNotFoundException", "No such registration was started, or it has expired.")


def passkey_client_mismatch() -> PoolError:
    return PoolError("WebAuthnClientMismatchException", "The registration was started with another app client.")


def passkey_relying_party_mismatch() -> PoolError:
    return PoolError("WebAuthnRelyingPartyMismatchException", "The passkey belongs to another relying party.")


def passkey_origin_not_allowed() -> PoolError:
    return PoolError("WebAuthnOriginNotAllowedException", "The passkey was made on a page outside the relying party.")


def passkey_not_supported(why: str) -> PoolError:
    return PoolError("WebAuthnCredentialNotSupportedException", f"The passkey is not supported: {why}")


def passkey_malformed(what: str) -> PoolError:
    return invalid_parameter(f"The credential is not valid: {what}")


def passkey_exists() -> PoolError:
    return invalid_parameter("The passkey is registered already.")


def too_many_passkeys(most: int) -> PoolError:
    return PoolError("LimitExceededException", f"A user can have {most} passkeys.")


def no_such_passkey() -> PoolError:
    return not_found("The passkey does not exist.")


def passkey_not_accepted() -> PoolError:
    """One text for everything that can be wrong with an assertion, and for those who have no passkey."""
    return not_authorized("The passkey was not accepted.")
