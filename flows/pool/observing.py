"""What happens inside the pool, for whoever watches: settings.POOL_OBSERVER, by dotted path, or nobody.

An observer gets a kind and plain facts, secrets included, on the thread of the request that they belong to.
"""

import logging
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)


def is_watched() -> bool:
    """Whether telling is worth while."""
    return bool(settings.POOL_OBSERVER)


def tell(kind: str, **facts: Any) -> None:
    """Tell the observer, if there is one. An observer that fails changes nothing but a line in the log."""
    if not settings.POOL_OBSERVER:
        return
    try:
        import_string(settings.POOL_OBSERVER)(kind, **facts)
    except Exception as error:  # noqa: BLE001
        logger.error("The observer of %s failed: %s", kind, type(error).__name__)
