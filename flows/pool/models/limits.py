"""Counting of calls that may be made only so often."""

from django.db import models

from flows.pool.models.users import PoolUser


class SendCount(models.Model):
    """What has been counted for a name since ``since``, whether or not there is such a user: messages that nobody has
    answered, and calls that need no token."""

    key = models.BinaryField(primary_key=True, max_length=32)  # keyed hash of what is counted, pool and name
    sent = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.sent} since {self.since}"


class CallCount(models.Model):
    """How often a user has called an operation since ``since``."""

    user = models.ForeignKey(PoolUser, on_delete=models.CASCADE, related_name="call_counts")
    operation = models.CharField(max_length=64)
    calls = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "operation"], name="pool_call_count")]

    def __str__(self) -> str:
        return f"{self.calls} times {self.operation} since {self.since}"
