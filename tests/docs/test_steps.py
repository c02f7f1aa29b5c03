"""The page of each step against the step table, and against what the inspector says that Amplify calls it."""

import pytest

from flows.inspector.telling import names
from flows.steps.table import STEPS, Step
from tests.docs.test_docs import ROOT


@pytest.mark.parametrize("step", [pytest.param(step, id=step.slug) for step in STEPS])
def test_a_step_has_the_name_that_amplify_gives_it(step: Step) -> None:
    known = names.of(step.challenge, step.slug)
    assert known is not None
    amplify = known.amplify_js
    said = f"`{amplify.name}`" if amplify.name else f"none: Amplify {amplify.note}"
    page = (ROOT / step.docs).read_text(encoding="utf-8")
    assert f"| ChallengeName | `{step.challenge}`" in page
    assert f"| Amplify sign-in step | {said} |\n" in page
