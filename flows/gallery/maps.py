"""The flow map of a card: every challenge that can come, the card's own lit, each linked to its page."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from flows.addresses import reverse_if_there
from flows.diagrams import flow_map
from flows.gallery.cards import Card
from flows.steps.table import row_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """The map as inline SVG (with diagrams.css), and the same in words, a sentence each."""

    svg: SafeString
    sentences: tuple[str, ...]


def of(card: Card) -> Map | None:
    """``None`` for a flow in which nothing is asked."""
    own = next((name for name in card.names if name in flow_map.names()), str(card.flow))
    drawn, lit = flow_map.of(own), str(card.challenge or card.trying.preferred)
    if not drawn.edges or len(drawn.onward) == 1:
        return None
    svg = flow_map.svg(drawn, lit=lit, link=_docs_of, title=f"Flow map of {own}")
    return Map(svg=svg, sentences=tuple(flow_map.text(drawn).splitlines()))


def _docs_of(challenge: str) -> str:
    """The page about the challenge: of its first row in the step table."""
    step = row_of(challenge)
    return reverse_if_there("docs-page", path=f"steps/{step.slug}") if step else ""
