"""What the inspector's templates ask for with what only a page knows: the question that it shows."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString

from flows.inspector.entries import Call
from flows.inspector.telling import maps, names
from flows.inspector.telling.names import Names

register = template.Library()


@register.simple_tag
def flow_map(inspector: Mapping[str, Any], challenge: str = "", flow: str = "") -> SafeString:
    """The map of the run's flow, with the way so far; before there is a run, that of ``flow``, which the page offers.

    ``challenge`` is what the page asks: it may ask for more than Cognito has been told yet, such as the password that
    was chosen of several factors.
    """
    run = inspector["run"]
    return maps.of(run.flow if run else flow, inspector["met"], lit=challenge or inspector["standing"])


@register.simple_tag
def names_of(call: Call) -> Names | None:
    """What clients call the step that the answer brought; None where it was none."""
    return names.of_answer(call)
