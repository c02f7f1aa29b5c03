"""Passkeys (WebAuthn credentials) and the challenges under which they are registered."""

from django.db import models

from flows.pool.models.clients import AppClient
from flows.pool.models.pools import UserPool
from flows.pool.models.users import PoolUser


class WebAuthnCredential(models.Model):
    """A passkey of a user. Nothing in it is secret: the private key never leaves the authenticator."""

    pool = models.ForeignKey(UserPool, on_delete=models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey(PoolUser, on_delete=models.CASCADE, related_name="passkeys")
    credential_id = models.BinaryField(max_length=1023)
    credential_data = models.BinaryField()  # AttestedCredentialData: AAGUID, credential id, COSE public key
    sign_count = models.PositiveBigIntegerField()
    backup_eligible = models.BooleanField()
    backed_up = models.BooleanField()
    relying_party_id = models.CharField(max_length=127)
    friendly_name = models.CharField(max_length=256)
    attachment = models.CharField(max_length=32, blank=True)
    transports = models.JSONField(default=list)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["pool", "credential_id"], name="pool_passkey_credential")]

    def __str__(self) -> str:
        return f"{self.friendly_name} of {self.user_id}"


class WebAuthnRegistration(models.Model):
    """A registration that was started; completing it deletes the row, so that it happens once."""

    challenge_hash = models.BinaryField(primary_key=True, max_length=32)  # keyed hash of the challenge
    user = models.ForeignKey(PoolUser, on_delete=models.CASCADE, related_name="+")
    client = models.ForeignKey(AppClient, on_delete=models.CASCADE, related_name="+")
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"registration of {self.user_id} until {self.expires_at}"
