"""APIs that custom scopes stand for."""

from django.db import models

from flows.pool.models.pools import UserPool


class ResourceServer(models.Model):
    """An API with its scopes, ``[{"ScopeName", "ScopeDescription"}]``."""

    pool = models.ForeignKey(UserPool, on_delete=models.CASCADE, related_name="resource_servers")
    identifier = models.CharField(max_length=256)
    name = models.CharField(max_length=256)
    scopes = models.JSONField(default=list)

    class Meta:
        ordering = ["identifier"]
        constraints = [models.UniqueConstraint(fields=["pool", "identifier"], name="pool_resource_server")]

    def __str__(self) -> str:
        return self.identifier
