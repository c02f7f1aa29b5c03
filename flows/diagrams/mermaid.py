"""Mermaid's text as a picture, for pages that hold such diagrams: as much of it as our own documentation uses."""

from django.utils.safestring import SafeString

from flows.diagrams import drawing, sequence_drawing, sequence_mermaid, state_mermaid, state_text
from flows.diagrams.graph import Graph
from flows.diagrams.markup import joined
from flows.diagrams.route import Route


def from_mermaid(text: str, *, title: str) -> SafeString | None:
    """Inline SVG, or None for what cannot be drawn. Raises nothing, whatever the text is."""
    try:
        if text.lstrip().startswith(sequence_mermaid.KEYWORD):
            return sequence_drawing.svg(sequence_mermaid.parse(text), title=title)
        graph = state_mermaid.parse(text)
    except ValueError:
        return None
    return joined(
        drawing.draw(part, label=title, description=_in_words(part)) for part in state_mermaid.components(graph)
    )


def _in_words(graph: Graph) -> str:
    return "\n".join(map(str, state_text.rows(state_text.onward(graph), Route())))
