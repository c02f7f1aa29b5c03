"""Mermaid code as a drawing."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from flows.diagrams import from_mermaid


def drawn(text: str, *, title: str) -> SafeString | None:
    """A Mermaid diagram in a box that scrolls; None when it is of a kind that nobody here can draw.

    ``title`` says what it shows.
    """
    drawing = from_mermaid(text, title=title)
    if drawing is None:
        return None
    return format_html('<div class="scroll drawing" tabindex="0" role="group" aria-label="Diagram">{}</div>\n', drawing)
