"""Tags of a user pool: kept with its settings, described back, and without any other effect."""

from collections.abc import Mapping

from flows.pool import identifiers, pools
from flows.pool.errors import invalid_parameter
from flows.pool.models import UserPool

MOST = 50
_RESERVED = "aws:"  # keys that only AWS itself may set


def pool_of(arn: str, *, hold: bool = False) -> UserPool:
    """The pool that ``arn`` names, or ResourceNotFoundException; InvalidParameterException for anything else's ARN."""
    pool_id = identifiers.pool_id_of(arn)
    if pool_id is None:
        raise invalid_parameter("Invalid resource ARN: it must be a user pool's.")
    return pools.hold(pool_id) if hold else pools.get(pool_id)


def require_allowed(tags: Mapping[str, str]) -> None:
    """Raise InvalidParameterException for too many tags or a reserved key (texts not captured)."""
    if any(key.lower().startswith(_RESERVED) for key in tags):
        raise invalid_parameter(f"Tag keys that begin with {_RESERVED} are reserved.")
    if len(tags) > MOST:
        raise invalid_parameter(f"A user pool can have {MOST} tags.")
