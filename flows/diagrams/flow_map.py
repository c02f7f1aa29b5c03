"""The map of a flow: which challenge can follow which, where one stands, and how one came there.

``orders.json`` holds it, made by ``manage.py document`` from the rules of the embedded pool: a map is drawn in front of
any pool, and takes no database.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString

from flows.diagrams import drawing, graph, route, state_mermaid, state_text
from flows.diagrams.graph import Graph
from flows.diagrams.places import Place
from flows.diagrams.state_text import Row

_ORDERS = Path(__file__).with_name("orders.json")
# Names under which the same flow goes: AWS's older ones, and Amplify's authFlowType.
_ALIASES = {
    "ADMIN_NO_SRP_AUTH": "ADMIN_USER_PASSWORD_AUTH",
    "REFRESH_TOKEN": "REFRESH_TOKEN_AUTH",
    "CUSTOM_WITH_SRP": "CUSTOM_AUTH",
}


class UnknownFlow(LookupError):
    """There is no flow of that name."""


@dataclass(frozen=True, slots=True)
class FlowMap:
    """``onward``: what each place can be followed by, START first."""

    flow: str
    onward: Mapping[Place, frozenset[Place]]

    @property
    def graph(self) -> Graph:
        return graph.of(self.onward)

    @property
    def edges(self) -> frozenset[tuple[Place, Place]]:
        return frozenset((place, each) for place, following in self.onward.items() for each in following)


def names() -> tuple[str, ...]:
    """The flows that have a map of their own."""
    return tuple(_all())


def of(flow: str) -> FlowMap:
    """The map of an AuthFlow, or of what Amplify calls authFlowType. Raises ``UnknownFlow``."""
    try:
        return _all()[_ALIASES.get(flow, flow)]
    except KeyError:
        raise UnknownFlow(flow) from None


def svg(
    map: FlowMap,
    *,
    path: Sequence[str] = (),
    lit: str = "",
    link: Callable[[str], str] | None = None,
    title: str = "",
) -> SafeString:
    """The map as inline SVG, about 320 px wide, for a page with diagrams.css.

    ``path`` are the challenges met so far, in order, ``TOKENS`` at the end of a sign-in; ``lit`` is the present one.
    Without a path nothing is drawn as taken; what the map does not know is left out. ``link`` gives the address of a
    ChallengeName's page, or "".
    """
    return drawing.draw(
        map.graph,
        label=title or f"Flow map of {map.flow}",
        description=text(map, path=path, lit=lit),
        route=route.of(map.graph, path, lit),
        link=link,
    )


def rows(map: FlowMap, *, path: Sequence[str] = (), lit: str = "") -> tuple[Row, ...]:
    """The same as ``svg`` in words, one row for each place."""
    return state_text.rows(map.onward, route.of(map.graph, path, lit))


def text(map: FlowMap, *, path: Sequence[str] = (), lit: str = "") -> str:
    """``rows`` as lines: "SMS_MFA: may be followed by DEVICE_SRP_AUTH or TOKENS"."""
    return "\n".join(str(row) for row in rows(map, path=path, lit=lit))


def mermaid(map: FlowMap) -> str:
    """A ``stateDiagram-v2``."""
    return state_mermaid.write(map.graph)


@cache
def _all() -> Mapping[str, FlowMap]:
    stored = json.loads(_ORDERS.read_text(encoding="utf-8"))
    return {
        flow: FlowMap(
            flow, {Place.read(place): frozenset(map(Place.read, following)) for place, following in onward.items()}
        )
        for flow, onward in stored.items()
    }
