"""Where other rooms' templates send people who want to read more."""

from django import template

from flows.addresses import reverse_if_there

register = template.Library()


@register.simple_tag
def docs_url(file: str) -> str:
    """The page of a file of docs/ such as ``docs/steps/email-otp.md``; "" where the reader is not installed."""
    return reverse_if_there("docs-page", path=file.removeprefix("docs/").removesuffix(".md"))
