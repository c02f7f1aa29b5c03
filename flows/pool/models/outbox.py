"""What the demo would have sent."""

from django.db import models

from flows.pool.models.pools import UserPool


class OutboxMessage(models.Model):
    """A message that the demo shows instead of sending; destination, code and text are sealed."""

    pool = models.ForeignKey(UserPool, on_delete=models.CASCADE, related_name="outbox")
    at = models.DateTimeField()
    medium = models.CharField(max_length=5, choices=[("email", "email"), ("sms", "sms")])
    purpose = models.CharField(max_length=64)
    username = models.CharField(max_length=128)
    sealed_content = models.BinaryField()  # {"destination", "code", "text"}

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.purpose} to {self.username}"
