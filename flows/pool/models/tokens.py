"""Refresh tokens and the families that revocation ends."""

from django.db import models

from flows.pool.models.clients import AppClient
from flows.pool.models.users import PoolUser


class RefreshToken(models.Model):
    """One refresh token; rotation adds rows with the same ``origin_jti`` and ``event_id``: the family of a sign-in."""

    token_hash = models.BinaryField(unique=True, max_length=32)
    origin_jti = models.UUIDField(db_index=True)
    client = models.ForeignKey(AppClient, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(PoolUser, on_delete=models.CASCADE, related_name="refresh_tokens")
    event_id = models.UUIDField(db_index=True)  # in every token of the sign-in: how an access token finds its family
    device_key = models.CharField(max_length=55, blank=True)  # the tracked device that it was given to
    auth_time = models.DateTimeField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    rotated_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    device_forgotten_at = models.DateTimeField(null=True)  # ends the refreshing, not the access tokens that are out

    def __str__(self) -> str:
        return f"refresh token of {self.user_id} until {self.expires_at}"
