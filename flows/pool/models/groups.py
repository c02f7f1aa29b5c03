"""Groups of users; their names become the cognito:groups claim."""

from django.db import models

from flows.pool.models.pools import UserPool
from flows.pool.models.users import PoolUser


class Group(models.Model):
    """A group. A lower precedence wins when roles are chosen."""

    pool = models.ForeignKey(UserPool, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(max_length=128)
    description = models.CharField(max_length=2048, blank=True)
    role_arn = models.CharField(max_length=2048, blank=True)
    precedence = models.BigIntegerField(null=True)
    users = models.ManyToManyField(PoolUser, related_name="groups")
    created_at = models.DateTimeField()
    modified_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["pool", "name"], name="pool_group_name")]

    def __str__(self) -> str:
        return self.name
