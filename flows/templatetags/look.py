"""What every page needs to look like itself: style sheets for the page's head, and the site's name."""

import re
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def css(name: str) -> SafeString:
    """static/flows/<name>.css, to be inlined under the page's nonce: a linked sheet holds first paint up."""
    return _compact(name) if not settings.DEBUG else _compact.__wrapped__(name)


@register.simple_tag
def site_name() -> str:
    return settings.SITE_NAME


@register.simple_tag
def embedded_pool() -> bool:
    """Whether accounts live in the pool that comes with us: every page says so (docs/threat-model.md)."""
    return bool(settings.EMBEDDED_POOL)


@cache
def _compact(name: str) -> SafeString:
    """Without comments and layout. Ours and no visitor's, hence safe."""
    path = finders.find(f"flows/{name}.css")
    if path is None:
        raise FileNotFoundError(f"static/flows/{name}.css")
    css = re.sub(r"/\*.*?\*/", "", Path(path).read_text(encoding="utf-8"), flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>]) ?", r"\1", css).replace(": ", ":").replace(";}", "}")
    return mark_safe(css.strip())  # noqa: S308
