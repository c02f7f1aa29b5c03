"""The project as an application, so that its system checks are found."""

from django.apps import AppConfig

from authsite import checks

__all__ = ["SiteConfig", "checks"]


class SiteConfig(AppConfig):
    name = "authsite"
