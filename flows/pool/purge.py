"""Throwing away what has expired. Nothing that is purged could be used again; the rest is kept for its life only."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Model, QuerySet

from flows.pool import limits, lockout
from flows.pool.models import (
    AuthSession,
    CallCount,
    ConfirmationCode,
    PasswordAttempts,
    RefreshToken,
    SendCount,
    SpentSecretBlock,
    WebAuthnRegistration,
)

_BATCH = 1000  # rows a transaction, so that nobody waits long for the writer's turn

_EXPIRED: tuple[Callable[[datetime], QuerySet[Model]], ...] = (
    lambda now: AuthSession.objects.filter(expires_at__lte=now),
    lambda now: SpentSecretBlock.objects.filter(expires_at__lte=now),
    # A day longer than they live: an access token of the last refresh may outlive its refresh token by that.
    lambda now: RefreshToken.objects.filter(expires_at__lte=now - timedelta(days=1)),
    lambda now: ConfirmationCode.objects.filter(expires_at__lte=now),
    lambda now: CallCount.objects.filter(since__lte=now - limits.HOUR),
    lambda now: SendCount.objects.filter(since__lte=now - limits.HOUR),
    lambda now: WebAuthnRegistration.objects.filter(expires_at__lte=now),
    lambda now: PasswordAttempts.objects.filter(locked_until__lte=now - lockout.QUIET_PERIOD),
)


def purge(*, now: datetime) -> int:
    """Delete every expired row; returns how many there were."""
    return sum(_delete(expired(now)) for expired in _EXPIRED)


def _delete(rows: QuerySet[Model]) -> int:
    total = 0
    while keys := list(rows.values_list("pk", flat=True)[:_BATCH]):
        total += rows.model._default_manager.filter(pk__in=keys).delete()[0]
    return total
