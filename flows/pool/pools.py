"""Finding and keeping user pools."""

from flows.pool.errors.pools import no_such_pool
from flows.pool.models import UserPool
from flows.pool.tools import Tools


def get(pool_id: str) -> UserPool:
    """The pool, or ResourceNotFoundException."""
    pool = UserPool.objects.filter(pk=pool_id).first()
    if pool is None:
        raise no_such_pool(pool_id)
    return pool


def hold(pool_id: str) -> UserPool:
    """The pool, kept from every other change of its settings until the caller's transaction ends."""
    pool = UserPool.objects.select_for_update().filter(pk=pool_id).first()
    if pool is None:
        raise no_such_pool(pool_id)
    return pool


def save(pool: UserPool, *, tools: Tools) -> None:
    """Keep changed settings, and the moment of the change."""
    pool.modified_at = tools.now()
    pool.save(update_fields=["name", "settings", "modified_at"])
