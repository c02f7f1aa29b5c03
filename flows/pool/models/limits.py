"""Counting of calls that may be made only so often."""

from django.db import models

from flows.pool.models.users import PoolUser


class SendCount(models.Model):
    """Messages that were sent to a user since ``since`` and that nobody has answered, whether or not there is such a
    user."""

    key = models.BinaryField(primary_key=True, max_length=32)  # keyed hash of pool, name and medium
    sent = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.sent} messages since {self.since}"


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
