"""The embedded user pool as a Django application."""

from django.apps import AppConfig


class PoolConfig(AppConfig):
    name = "flows.pool"
    label = "pool"
    verbose_name = "Embedded user pool"
