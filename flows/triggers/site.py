"""What the site is called in messages. Environment: ``SITE_NAME``."""

from flows.triggers import environment

UNNAMED = "our site"


def name() -> str:
    return environment.text("SITE_NAME", UNNAMED)
