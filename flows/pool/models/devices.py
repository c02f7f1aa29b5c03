"""Devices that the pool tracks."""

from django.db import models

from flows.pool.models.users import PoolUser


class Device(models.Model):
    """A device that ConfirmDevice has brought the SRP verifier of. Until then its key stands in the tokens alone."""

    user = models.ForeignKey(PoolUser, on_delete=models.CASCADE, related_name="devices")
    key = models.CharField(max_length=55, unique=True)  # <region>_<uuid>
    group_key = models.CharField(max_length=16)
    name = models.CharField(max_length=1024, blank=True)
    salt = models.BinaryField()
    sealed_verifier = models.BinaryField()
    remembered = models.BooleanField()
    last_ip = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    modified_at = models.DateTimeField()
    authenticated_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"{self.key} of {self.user_id}"
