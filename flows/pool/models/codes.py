"""Codes that users are sent to prove an address or to choose a new password."""

from django.db import models

from flows.pool.models.users import PoolUser


class ConfirmationCode(models.Model):
    """The newest code sent to a user to confirm one thing; an older one is good for nothing."""

    user = models.ForeignKey(PoolUser, on_delete=models.CASCADE, related_name="codes")
    confirms = models.CharField(max_length=32)
    code_hash = models.BinaryField(max_length=32)  # keyed hash
    address = models.CharField(max_length=2048)  # where it was sent, and so what it proves
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "confirms"], name="pool_code_confirms")]

    def __str__(self) -> str:
        return f"confirms {self.confirms} of {self.user_id}"
