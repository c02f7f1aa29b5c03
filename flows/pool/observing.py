"""What happens inside the pool, for whoever watches: settings.POOL_OBSERVER, by dotted path, or nobody.

An observer gets a kind and plain facts, secrets included, on the thread of the request that they belong to, in the
order in which they happen:

``decision``  the pool goes on. ``next``: the ChallengeName that it asks, or ``TOKENS``; ``why``: flows.pool.reasons.
``trigger``   a Lambda function was called. ``trigger``, ``source``, ``function``: its name; ``event``: as it was sent;
              ``answer``: what the function handed back, or None; ``error``: what the call was refused with, or empty;
              ``seconds`` that it took.

It may keep the facts, which are those that the pool goes on with, but change none; and since a transaction may be open,
it leaves the database alone.
"""

import logging
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)

TOKENS = "TOKENS"


def is_watched() -> bool:
    """Whether telling is worth while."""
    return bool(settings.POOL_OBSERVER)


def decided(next_one: str, *, why: str) -> None:
    """Tell what comes next: a ChallengeName, or ``TOKENS``."""
    tell("decision", next=next_one, why=why)


def tell(kind: str, **facts: Any) -> None:
    """Tell the observer, if there is one. An observer that fails changes nothing but a line in the log."""
    if not is_watched():
        return
    try:
        import_string(settings.POOL_OBSERVER)(kind, **facts)
    except Exception as error:
        logger.error("The observer of %s failed: %s", kind, type(error).__name__)
