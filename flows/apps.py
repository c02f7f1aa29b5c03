"""The application that holds every room; flows.pool is an application of its own."""

from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "flows"
