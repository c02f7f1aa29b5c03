"""What a person is told, E1 to E7: docs/protocol/errors.md has the code's sentences, and who names one leads there."""

import re
from pathlib import Path

import pytest

from flows.signin import problems
from flows.signin.problems import Next, Problem
from tests.docs.test_docs import DOCS, ROOT

TABLE = DOCS / "protocol" / "errors.md"
ROW = re.compile(r"^\| (E\d) \| (.+?) \| (\d+) \| (.+?) \|$", re.MULTILINE)
NUMBER = re.compile(r"\bE\d\b")
LINKED = re.compile(r"\[E\d\]\(\.\./protocol/errors\.md#what-a-person-is-told\)")
WAY_ON = {
    Next.SAME_FORM: "the same form",
    Next.FRESH_QUESTION: "the question asked anew",
    Next.START_FORM: "the start form",
    Next.START_LINK: "a link to start again",
}
NUMBERED = {name: found for name, found in vars(problems).items() if NUMBER.fullmatch(name)}
NAMING = sorted(path for path in DOCS.rglob("*.md") if path != TABLE and NUMBER.search(path.read_text("utf-8")))


def test_every_number_has_its_sentence() -> None:
    rows = {number: tuple(rest) for number, *rest in ROW.findall(TABLE.read_text("utf-8"))}
    assert list(rows) == sorted(NUMBERED)
    for number, problem in NUMBERED.items():
        text, status, way_on = rows[number]
        assert isinstance(problem, Problem)
        assert (text, int(status)) == (problem.text, problem.status), number
        assert way_on.startswith(WAY_ON[problem.next]), number


@pytest.mark.parametrize("page", NAMING, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_number_leads_to_its_sentence(page: Path) -> None:
    assert not NUMBER.findall(LINKED.sub("", page.read_text("utf-8")))


def test_pages_do_name_them() -> None:
    assert {DOCS / "steps" / "passkey.md", DOCS / "flows" / "custom-auth.md"} <= set(NAMING)
