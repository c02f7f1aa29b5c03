"""Refusals of tokens."""

from flows.pool.errors import PoolError, not_authorized


def invalid_refresh_token() -> PoolError:
    return not_authorized("Invalid Refresh Token.")


def refresh_token_expired() -> PoolError:
    return not_authorized("Refresh Token has expired")


def refresh_token_revoked() -> PoolError:
    return not_authorized("Refresh Token has been revoked")


def refresh_token_reused() -> PoolError:
    """The live text was never captured; Amplify acts on the code."""
    return PoolError("RefreshTokenReuseException", "Refresh token has been reused")


def invalid_access_token() -> PoolError:
    return not_authorized("Invalid Access Token")


def access_token_signature() -> PoolError:
    return not_authorized("Could not verify signature for Access Token")


def access_token_expired() -> PoolError:
    return not_authorized("Access Token has expired")


def access_token_revoked() -> PoolError:
    return not_authorized("Access Token has been revoked")


def access_token_scopes() -> PoolError:
    return not_authorized("Access Token does not have required scopes")


def unsupported_token_type() -> PoolError:
    return PoolError("UnsupportedTokenTypeException", "Unsupported token type")


def revocation_disabled() -> PoolError:
    return PoolError("UnsupportedOperationException", "Token revocation is not enabled for this client")
