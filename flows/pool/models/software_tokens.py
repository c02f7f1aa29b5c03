"""Authenticator apps (TOTP)."""

from django.db import models

from flows.pool.models.users import PoolUser


class SoftwareToken(models.Model):
    """A user's authenticator app. A new seed waits beside the one in use until a code has proved it."""

    user = models.OneToOneField(PoolUser, on_delete=models.CASCADE, primary_key=True, related_name="software_token")
    sealed_seed = models.BinaryField(null=True)  # null: none was ever verified
    sealed_pending_seed = models.BinaryField(null=True)
    last_step = models.BigIntegerField(default=0)  # the newest 30-second step whose code was used
    friendly_name = models.CharField(max_length=1024, blank=True)

    def __str__(self) -> str:
        return f"software token of {self.user_id}"
