"""The inspector has tables of its own, hence an application; where it is off there are none."""

from django.apps import AppConfig


class InspectorConfig(AppConfig):
    name = "flows.inspector"
    label = "inspector"
    default_auto_field = "django.db.models.BigAutoField"
