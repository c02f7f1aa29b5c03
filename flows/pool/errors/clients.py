"""Refusals of an app client, and of secrets that do not prove to be it."""

from flows.pool.errors import PoolError, invalid_parameter, not_authorized, not_found


def no_such_client(client_id: str) -> PoolError:
    return not_found(f"User pool client {client_id} does not exist.")


def unauthorized(message: str) -> PoolError:
    return PoolError("UnauthorizedException", message)


def secret_hash_missing(client_id: str) -> PoolError:
    return not_authorized(f"Client {client_id} is configured with secret but SECRET_HASH was not received")


def secret_hash_wrong(client_id: str) -> PoolError:
    return not_authorized(f"Unable to verify secret hash for client {client_id}")


def secret_wrong(client_id: str) -> PoolError:
    """The live text was never captured."""
    return not_authorized(f"Unable to verify secret for client {client_id}")


def client_is_public(client_id: str) -> PoolError:
    return invalid_parameter(f"Client {client_id} has no secret; secrets can be added to confidential clients only.")


def secret_needed_for_client_credentials() -> PoolError:
    return PoolError(
        "InvalidOAuthFlowException",
        "client_credentials flow can not be selected if client does not have a client secret.",
    )


def too_many_secrets() -> PoolError:
    return PoolError("LimitExceededException", "Client secrets cannot exceed limit of 2 secrets.")


def no_such_secret(secret_id: str) -> PoolError:
    return not_found(f"Client secret {secret_id} does not exist.")


def last_secret() -> PoolError:
    return invalid_parameter("The last secret of a client cannot be deleted.")
