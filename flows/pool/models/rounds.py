"""Sign-ins under way."""

from django.db import models

from flows.pool.models.clients import AppClient


class AuthSession(models.Model):
    """One unanswered challenge. The Session string is a random token of which only a keyed hash is kept."""

    token_hash = models.BinaryField(primary_key=True, max_length=32)
    client = models.ForeignKey(AppClient, on_delete=models.CASCADE, related_name="+")
    challenge = models.CharField(max_length=32)
    sealed_attempt = models.BinaryField()  # the Attempt and what its challenge keeps to itself
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
    found_by = models.BinaryField(null=True, max_length=32, db_index=True)  # keyed hash: an answer without the Session
    tries = models.PositiveSmallIntegerField(default=0)  # codes that were tried

    def __str__(self) -> str:
        return f"{self.challenge} until {self.expires_at}"


class SpentSecretBlock(models.Model):
    """A SECRET_BLOCK that proved a secret once and may not do so again."""

    block_id = models.BinaryField(primary_key=True, max_length=16)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"spent until {self.expires_at}"
