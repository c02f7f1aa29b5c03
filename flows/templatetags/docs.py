"""Where other rooms' templates send people who want to read more."""

from django import template
from django.conf import settings
from django.urls import reverse

register = template.Library()


@register.simple_tag
def docs_url(file: str) -> str:
    """The page of a file of docs/ such as ``docs/steps/email-otp.md``; "" where the reader is not installed."""
    if not settings.DEMONSTRATION:
        return ""
    return reverse("docs-page", kwargs={"path": file.removeprefix("docs/").removesuffix(".md")})
