"""Finding user pools."""

from flows.pool import errors
from flows.pool.models import UserPool


def get(pool_id: str) -> UserPool:
    """The pool, or ResourceNotFoundException."""
    pool = UserPool.objects.filter(pk=pool_id).first()
    if pool is None:
        raise errors.no_such_pool(pool_id)
    return pool
