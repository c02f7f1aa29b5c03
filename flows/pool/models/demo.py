"""The demo: which pool is shown, and who plays in it."""

from django.db import models

from flows.pool.models.clients import AppClient
from flows.pool.models.pools import UserPool


class Demo(models.Model):
    """The one demo of this installation; its row's key is always ``THE_ONE``, so two can never be made at once."""

    THE_ONE = 1

    id = models.SmallIntegerField(primary_key=True, default=THE_ONE)
    pool = models.OneToOneField(UserPool, on_delete=models.CASCADE, related_name="+")
    main_client = models.OneToOneField(AppClient, on_delete=models.CASCADE, related_name="+")
    sealed_cast = models.BinaryField()  # [{"username", "password", "about"}]

    def __str__(self) -> str:
        return f"demo in {self.pool_id}"
