"""Code in templates, with its kinds of words told apart."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from flows import highlighting

register = template.Library()


@register.simple_tag
def code(text: str, language: str, blanks: Iterable[str] = ()) -> SafeString:
    """What goes into a ``<code>``. Pages that have it inline static/flows/highlighting.css."""
    return highlighting.highlighted(text, language, blanks=blanks)
