"""The question in words: sums, and one that everybody has an own answer to."""

import re

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from flows.triggers.kinds.question import LARGEST
from flows.triggers.number_words import in_words
from tests.triggers.attempt import ANNA, Attempt
from tests.triggers.functions import with_environment

NUMBERS = {in_words(number): number for number in range(100)}


@pytest.fixture(autouse=True)
def question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHALLENGES", "question")


def solved(question: str) -> int:
    found = re.fullmatch(r"What is ([a-z-]+) (plus|minus) ([a-z-]+)\?", question)
    assert found
    first, second = NUMBERS[found[1]], NUMBERS[found[3]]
    return first + second if found[2] == "plus" else first - second


def test_sums_that_can_be_done() -> None:
    assert len(NUMBERS) == 100
    for _ in range(200):
        attempt = Attempt().start()
        assert attempt.public.keys() == {"question"}
        assert 0 <= solved(attempt.public["question"]) <= 2 * LARGEST
        assert attempt.private["answer"] == str(solved(attempt.public["question"]))


@pytest.mark.parametrize("form", ["{0}", " {0} ", "{1}", "{2}", "{3}"])
def test_right_in_digits_and_in_words(form: str) -> None:
    attempt = Attempt().start()
    answer = solved(attempt.public["question"])
    words = in_words(answer)
    assert attempt.answer(form.format(answer, words, words.upper(), words.replace("-", " "))).tokens


def test_wrong_is_asked_again_and_differently_and_the_old_answer_does_not_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CHALLENGE_TRIES", "50")
    attempt, seen = Attempt().start(), set()
    for _ in range(20):
        seen.add(attempt.public["question"])
        attempt.answer("100")
    assert len(seen) > 5


def test_nobodys_sum_is_judged_as_anybodys() -> None:
    attempt = Attempt(nobody=True).start()
    assert attempt.answer("100").asked
    assert attempt.answer(str(solved(attempt.public["question"]))).failed
    assert [each["challengeResult"] for each in attempt.rounds] == [False, True], "right, and no tokens for it"


# -- One's own answer ------------------------------------------------------------------------------------------
OWN = {
    "CHALLENGES": "question",
    "QUESTION": "What is your customer number?",
    "QUESTION_HASH_ATTRIBUTE": "custom:answer_hash",
}


@pytest.fixture(scope="module")
def hashed() -> str:
    return PBKDF2PasswordHasher().encode("k-4711", "salt0123456789ab", iterations=1000)


@pytest.mark.parametrize(("typed", "right"), [("K-4711", True), (" k - 47 11", True), ("4711", False), ("", False)])
def test_an_own_answer(hashed: str, typed: str, *, right: bool) -> None:
    anna = {**ANNA, "custom:answer_hash": hashed}
    attempt = Attempt(run=_OWN_RUN, attributes=anna).start()
    assert attempt.public == {"question": "What is your customer number?"}
    assert "4711" not in str([attempt.private, attempt.marked])
    assert attempt.answer(typed).tokens is right


@pytest.mark.parametrize("attributes", [{}, {"custom:answer_hash": ""}, {"custom:answer_hash": "k-4711"}])
def test_who_has_no_answer_is_asked_the_same(attributes: dict[str, str]) -> None:
    attempt = Attempt(run=_OWN_RUN, attributes=ANNA | attributes).start()
    assert attempt.public == Attempt(run=_OWN_RUN, nobody=True).start().public
    assert attempt.answer("k-4711").asked
    assert Attempt(run=_OWN_RUN, nobody=True).start().answer("k-4711").asked


def test_nobody_has_no_answer_even_if_one_is_told(hashed: str) -> None:
    event = Attempt(attributes={**ANNA, "custom:answer_hash": hashed}).event(
        "create-auth-challenge", {"session": [], "userNotFound": True}, {}, {}
    )
    private = _OWN_RUN("create-auth-challenge", event)["response"]["privateChallengeParameters"]
    assert hashed not in str(private)


def test_one_setting_without_the_other_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUESTION", "Who are you?")
    with pytest.raises(Exception, match="QUESTION and QUESTION_HASH_ATTRIBUTE need each other"):
        Attempt().start()


_OWN_RUN = with_environment(**OWN)
