"""A run on the map of its flow."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from flows.diagrams import flow_map
from flows.diagrams.flow_map import FlowMap
from flows.inspector.models import Run
from flows.inspector.telling import documents


def of_run(run: Run, met: Sequence[str], *, lit: str) -> SafeString:
    """The map of the run's flow as SVG; empty for a run that is no sign-in."""
    return of(run.flow, met, lit=lit)


def of(flow: str, met: Sequence[str] = (), *, lit: str = "") -> SafeString:
    """The map of ``flow``, an AuthFlow or Amplify's name for it, with the challenges ``met`` so far and the one that
    waits; empty for what has no map."""
    map = known(flow)
    if map is None:
        return SafeString()
    return flow_map.svg(map, path=met, lit=lit, link=docs_of, title=f"Flow map of {flow}")


def known(flow: str) -> FlowMap | None:
    """The map itself, by any name that the flow goes by; None for what has no map."""
    try:
        return flow_map.of(flow)
    except flow_map.UnknownFlow:
        return None


def docs_of(challenge: str) -> str:
    """The address of the page about a challenge."""
    return documents.url_of(documents.of_challenge(challenge))
