"""What every page needs to look like itself: the style sheet for the page's head, and the site's name."""

import re
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def site_css() -> SafeString:
    """The style sheet, to be inlined under the page's nonce: a linked one holds first paint up by a round trip."""
    return _compact_css() if not settings.DEBUG else _compact_css.__wrapped__()


@register.simple_tag
def site_name() -> str:
    return settings.SITE_NAME


@register.simple_tag
def embedded_pool() -> bool:
    """Whether accounts live in the pool that comes with us: every page says so (docs/threat-model.md)."""
    return bool(settings.EMBEDDED_POOL)


@cache
def _compact_css() -> SafeString:
    """static/flows/site.css without comments and layout. Ours, not a visitor's: safe to mark so."""
    path = finders.find("flows/site.css")
    if path is None:
        raise FileNotFoundError("static/flows/site.css")
    css = re.sub(r"/\*.*?\*/", "", Path(path).read_text(encoding="utf-8"), flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>]) ?", r"\1", css).replace(": ", ":").replace(";}", "}")
    return mark_safe(css.strip())  # noqa: S308
