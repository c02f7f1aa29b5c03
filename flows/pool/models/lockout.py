"""Counting of wrong passwords and codes."""

from django.db import models


class PasswordAttempts(models.Model):
    """Wrong passwords, or wrong codes, in a row for one name of one pool, whether or not such a user exists."""

    key = models.BinaryField(primary_key=True, max_length=32)  # keyed hash of what is guessed at, pool and name
    failures = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField()  # the last failure's own time while nothing is locked

    def __str__(self) -> str:
        return f"{self.failures} failures, locked until {self.locked_until}"
