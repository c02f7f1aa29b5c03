"""The people of a pool."""

import uuid

from django.db import models

from flows.pool.models.pools import UserPool
from flows.terms import UserStatus


class PoolUser(models.Model):
    """A user. The password is kept only as an SRP verifier, sealed: a dump of the database cannot be guessed at."""

    pool = models.ForeignKey(UserPool, on_delete=models.CASCADE, related_name="users", db_index=False)
    sub = models.UUIDField(default=uuid.uuid4)
    username = models.CharField(max_length=128)
    username_key = models.CharField(
        max_length=512
    )  # what the username is compared by (flows.pool.directory.usernames.key)
    status = models.CharField(max_length=32, choices=[(s.value, s.value) for s in UserStatus])
    enabled = models.BooleanField(default=True)
    attributes = models.JSONField(default=dict)  # name -> text, without "sub"
    srp_salt = models.BinaryField(null=True)  # null: a user without a password
    sealed_srp_verifier = models.BinaryField(null=True)
    password_set_at = models.DateTimeField(null=True)
    mfa = models.JSONField(
        default=dict
    )  # {"enabled": [...], "preferred": name, "passkeys": bool}: flows.pool.factors.mfa
    created_at = models.DateTimeField()
    modified_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["pool", "username_key"], name="pool_user_username"),
            models.UniqueConstraint(fields=["pool", "sub"], name="pool_user_sub"),
        ]
        indexes = [  # the orders in which ListUsers gives users
            models.Index(fields=["pool", "id"], name="pool_user_all"),
            models.Index(fields=["pool", "status", "id"], name="pool_user_status"),
            models.Index(fields=["pool", "enabled", "id"], name="pool_user_enabled"),
        ]

    def __str__(self) -> str:
        return self.username


class UserAlias(models.Model):
    """Another name that signs a user in: a verified e-mail address or phone number, or a preferred_username."""

    pool = models.ForeignKey(UserPool, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(PoolUser, on_delete=models.CASCADE, related_name="aliases")
    attribute = models.CharField(max_length=32)
    value_key = models.CharField(max_length=2048)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pool", "attribute", "value_key"], name="pool_alias_value"),
            models.UniqueConstraint(fields=["user", "attribute"], name="pool_alias_attribute"),
        ]

    def __str__(self) -> str:
        return f"{self.attribute} of {self.user_id}"


class PasswordHistory(models.Model):
    """An earlier password, kept as the present one is, for PasswordPolicy.PasswordHistorySize."""

    user = models.ForeignKey(PoolUser, on_delete=models.CASCADE, related_name="password_history")
    srp_salt = models.BinaryField()
    sealed_srp_verifier = models.BinaryField()
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["-set_at", "-id"]

    def __str__(self) -> str:
        return f"password of {self.user_id} set at {self.set_at}"
