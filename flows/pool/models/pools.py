"""User pools and the keys that sign their tokens."""

from typing import Any

from django.db import models


class UserPool(models.Model):
    """A user pool. ``settings`` holds what CreateUserPool was given, in Cognito's own member names."""

    id = models.CharField(primary_key=True, max_length=55)  # <region>_<pool name>
    name = models.CharField(max_length=128)
    settings = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    modified_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.id

    @property
    def region(self) -> str:
        return self.id.partition("_")[0]

    @property
    def srp_name(self) -> str:
        """The part of the id after the underscore, which SRP hashes and signs."""
        return self.id.partition("_")[2]

    def setting(self, *path: str, default: Any = None) -> Any:
        """A nested setting, for example ``pool.setting("Policies", "PasswordPolicy", default={})``."""
        value: Any = self.settings
        for name in path:
            if not isinstance(value, dict) or value.get(name) is None:
                return default
            value = value[name]
        return value


class SigningKey(models.Model):
    """An RSA key pair; a pool has one for ID tokens and another for access tokens, as on AWS."""

    pool = models.ForeignKey(UserPool, on_delete=models.CASCADE, related_name="signing_keys")
    token_use = models.CharField(max_length=6, choices=[("id", "id"), ("access", "access")])
    kid = models.CharField(max_length=64, unique=True)
    sealed_private_key = models.BinaryField()
    public_jwk = models.JSONField()
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)  # retired keys still verify, but sign nothing

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.pool_id} {self.token_use} {self.kid}"
