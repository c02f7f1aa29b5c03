"""App clients and their secrets."""

from typing import Any

from django.db import models

from flows.pool.models.pools import UserPool


class AppClient(models.Model):
    """An app client. ``settings`` holds what CreateUserPoolClient was given, in Cognito's own member names."""

    id = models.CharField(primary_key=True, max_length=128)
    pool = models.ForeignKey(UserPool, on_delete=models.CASCADE, related_name="clients")
    name = models.CharField(max_length=128)
    settings = models.JSONField(default=dict)
    is_confidential = models.BooleanField(default=False)  # has secrets: spares most sign-ins the look
    created_at = models.DateTimeField()
    modified_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.id

    def setting(self, name: str, default: Any = None) -> Any:
        value = self.settings.get(name)
        return default if value is None else value


class ClientSecret(models.Model):
    """One of at most two secrets of an app client, so that a secret can be rotated without an outage."""

    client = models.ForeignKey(AppClient, on_delete=models.CASCADE, related_name="secrets")
    secret_id = models.CharField(max_length=64, unique=True)
    sealed_secret = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.secret_id
