"""What ListUsers finds users by."""

from django.db import models

from flows.pool.models.pools import UserPool
from flows.pool.models.users import PoolUser


class SearchKey(models.Model):
    """One searchable value of a user, as bytes, because those sort alike in every database and collation."""

    pool = models.ForeignKey(UserPool, on_delete=models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey(PoolUser, on_delete=models.CASCADE, related_name="search_keys", db_index=False)
    attribute = models.CharField(max_length=32)
    key = models.BinaryField(max_length=1024)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "attribute"], name="pool_search_attribute")]
        indexes = [models.Index(fields=["pool", "attribute", "key", "user"], name="pool_search_key")]

    def __str__(self) -> str:
        return f"{self.attribute} of {self.user_id}"
