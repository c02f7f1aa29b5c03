"""Devices that the pool tracks."""

from django.db import models

from flows.pool.models.users import PoolUser


class Device(models.Model):
    """A device that was given a key with tokens. It counts once ConfirmDevice has brought its SRP verifier."""

    user = models.ForeignKey(PoolUser, on_delete=models.CASCADE, related_name="devices")
    key = models.CharField(max_length=55, unique=True)  # <region>_<uuid>
    group_key = models.CharField(max_length=16)
    name = models.CharField(max_length=1024, blank=True)
    salt = models.BinaryField(null=True)
    sealed_verifier = models.BinaryField(null=True)
    remembered = models.BooleanField(default=False)
    last_ip = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    modified_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    authenticated_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"{self.key} of {self.user_id}"
