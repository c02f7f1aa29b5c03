"""Refusals of a user pool, and of what its settings and its tier do not have."""

from flows.pool.errors import PoolError, invalid_parameter, not_found


def no_such_pool(pool_id: str) -> PoolError:
    return not_found(f"User pool {pool_id} does not exist.")


def deletion_protected() -> PoolError:
    return invalid_parameter(
        "The user pool cannot be deleted because deletion protection is activated. "
        "Deletion protection must be inactivated first."
    )


def no_such_resource_server(identifier: str) -> PoolError:
    """Known from emulators only."""
    return not_found(f"Resource server {identifier} does not exist.")


def resource_server_exists(identifier: str, pool_id: str) -> PoolError:
    """Known from emulators only."""
    return invalid_parameter(f"{identifier} already exists in user pool {pool_id}.")


def no_such_scope(scope: str) -> PoolError:
    """The live text was never captured."""
    return PoolError("ScopeDoesNotExistException", f"Scope {scope} does not exist.")


def not_in_tier(feature: str, tier: str) -> PoolError:
    """The live text was never captured; clients match on the code."""
    return PoolError("FeatureUnavailableInTierException", f"{feature} is not available in the {tier} tier.")


def tier_in_use(feature: str, tier: str) -> PoolError:
    """The live text was never captured; clients match on the code."""
    return PoolError("TierChangeNotAllowedException", f"{feature} is in use and not available in the {tier} tier.")
