"""How often a user may call an operation in an hour, right or wrong (developer guide, quotas)."""

from datetime import timedelta

from django.db import transaction

from flows.pool import errors
from flows.pool.models import CallCount, PoolUser
from flows.pool.tools import Tools

HOUR = timedelta(hours=1)
_A_HOUR = {"ChangePassword": 5, "GetUserAttributeVerificationCode": 5, "VerifyUserAttribute": 15}


def count(user: PoolUser, operation: str, *, tools: Tools) -> None:
    """Raise LimitExceededException for one call too many; before the operation looks at anything else.

    A transaction of its own: whatever refuses the call afterwards, the count stays.
    """
    now = tools.now()
    with transaction.atomic(durable=True):
        held, _ = CallCount.objects.select_for_update().get_or_create(
            user=user, operation=operation, defaults={"since": now}
        )
        if now - held.since >= HOUR:
            held.calls, held.since = 0, now
        if held.calls >= _A_HOUR[operation]:
            raise errors.attempt_limit_exceeded()
        held.calls += 1
        held.save(update_fields=["calls", "since"])
