"""Sentences with names of the protocol in them, for entries and pages of runs."""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
# SMS_MFA, InitiateAuth, /sign-in/<attempt>/. Values of other people's may look like that too, which does no harm.
_NAME = re.compile(r"(\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b|\b[A-Z]{4,}\b|\b(?:[A-Z][a-z0-9]+){2,}\b|(?<=\s)/[\w/<>-]*)")


@register.filter
def coded(sentence: str) -> SafeString:
    """``sentence``, escaped, with its names as code."""
    parts = enumerate(_NAME.split(sentence))  # every other one is a name
    marked = ((format_html("<code>{}</code>", part) if at % 2 else part,) for at, part in parts)
    return format_html_join("", "{}", marked)
