"""The generated parts of the documentation, and that the diagrams say what they are made of."""

import re
from collections.abc import Iterator
from itertools import product

import pytest
from django.core.management import call_command

from flows.management.documents import DOCUMENTS, orders_of_challenges
from flows.management.orders import walk
from flows.steps.table import STEPS
from flows.terms import AuthFlow, ChallengeName
from tests.docs.test_docs import ROOT

pytestmark = pytest.mark.django_db  # the orders are found in a database of their own
STATE = re.compile(r'state "(.+)" as (\w+)')
ARROW = re.compile(r"(\S+) --> (\S+)")


def test_the_generated_pages_are_up_to_date() -> None:
    call_command("document", check=True)


def test_every_step_but_the_functions_own_has_its_diagram() -> None:
    made = {document.PATH for document in DOCUMENTS}
    wanted = {step.docs for step in STEPS if step.challenge != ChallengeName.CUSTOM_CHALLENGE}
    assert wanted <= made


def drawn(diagram: str) -> Iterator[tuple[str, ...]]:
    """The challenges on every way through a state diagram."""
    names = {
        name: [re.sub(r" \(.*", "", each) for each in text.split("<br/>")] for text, name in STATE.findall(diagram)
    }
    arrows = ARROW.findall(diagram)

    def ways(here: str) -> Iterator[list[str]]:
        for start, end in arrows:
            if start == here:
                yield from ([[]] if end == "[*]" else ([end, *rest] for rest in ways(end)))

    for way in ways("[*]"):
        yield from product(*(names[name] for name in way if name in names))  # a diamond has no name


@pytest.mark.parametrize("flow", [pytest.param(flow, id=flow) for flow in orders_of_challenges.PAGES])
def test_a_diagram_shows_every_legal_order_and_no_other(flow: AuthFlow) -> None:
    page = (ROOT / orders_of_challenges.PAGES[flow]).read_text(encoding="utf-8")
    diagram = page.partition("<!-- made by make docs -->")[2]
    legal = {order for order, ways in walk.legal().items() if flow in {each.flow for each in ways}}
    assert len(legal) > 20
    assert set(drawn(diagram)) == legal
