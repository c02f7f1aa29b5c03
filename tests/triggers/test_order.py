"""Which question comes when: DefineAuthChallenge, with what CreateAuthChallenge makes of it (T059)."""

import pytest

from tests.triggers.attempt import ANNA, Attempt, here
from tests.triggers.aws import Aws

WRONG = "surely not"


@pytest.fixture(autouse=True)
def no_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAPTCHA_AUDIO", "off")


def right(attempt: Attempt) -> Attempt:
    return attempt.answer(attempt.private["answer"])


def test_without_a_setting_the_password_comes_first() -> None:
    assert Attempt().start().failed, "who starts without SRP has no password to show"
    attempt = Attempt().start(srp=True)
    assert attempt.asked == "PASSWORD_VERIFIER"
    assert attempt.prove().marked == "CAPTCHA_CHALLENGE"
    assert right(attempt).tokens


def test_one_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHALLENGES", "captcha")
    attempt = Attempt().start()
    assert (attempt.asked, attempt.marked) == ("CUSTOM_CHALLENGE", "CAPTCHA_CHALLENGE")
    assert right(attempt).tokens


def test_questions_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHALLENGES", "captcha, question")
    attempt = Attempt().start()
    assert attempt.marked == "CAPTCHA_CHALLENGE"
    assert right(attempt).marked == "QUESTION_CHALLENGE"
    assert right(attempt).tokens


def test_a_start_by_srp_asks_for_the_password_even_where_none_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHALLENGES", "captcha")
    attempt = Attempt().start(srp=True)
    assert attempt.asked == "PASSWORD_VERIFIER"
    assert right(attempt.prove()).tokens


def test_a_wrong_password_ends_it() -> None:
    assert Attempt().start(srp=True).prove(correct=False).failed


def test_the_password_alone_may_be_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHALLENGES", "password")
    assert Attempt().start(srp=True).prove().tokens
    assert Attempt().start().failed


def test_the_dummy_password_of_awsmobileclient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHALLENGES", "captcha")
    monkeypatch.setenv("PASSWORD_IS_DUMMY", "on")
    attempt = Attempt().start(srp=True)
    assert attempt.asked == "CUSTOM_CHALLENGE"
    assert right(attempt).tokens


@pytest.mark.parametrize("tries", [1, 3])
def test_wrong_answers_are_asked_again_until_they_are_too_many(monkeypatch: pytest.MonkeyPatch, tries: int) -> None:
    monkeypatch.setenv("CHALLENGES", "captcha,question")
    monkeypatch.setenv("CHALLENGE_TRIES", str(tries))
    attempt = Attempt().start()
    for _ in range(tries - 1):
        assert attempt.answer(WRONG).marked == "CAPTCHA_CHALLENGE"
    assert right(attempt).marked == "QUESTION_CHALLENGE", "the next question has tries of its own"
    for _ in range(tries - 1):
        assert attempt.answer(WRONG).asked
    assert attempt.answer(WRONG).failed


def test_a_client_may_choose_among_alternatives_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHALLENGES", "password,captcha|question,captcha")
    attempt = Attempt().start(srp=True).prove(metadata={"challenge": "question"})
    assert attempt.marked == "QUESTION_CHALLENGE"
    attempt.answer(WRONG)
    assert attempt.marked == "QUESTION_CHALLENGE", "the one chosen stays"
    attempt.answer(WRONG, metadata={"challenge": "captcha"})
    assert attempt.marked == "CAPTCHA_CHALLENGE"
    assert attempt.answer(WRONG, metadata={"challenge": "question"}).failed, "choosing again gives no further tries"


@pytest.mark.parametrize("choice", ["question", "link", "password", "none", "", "CAPTCHA_CHALLENGE"])
def test_a_choice_that_is_not_offered_is_none(monkeypatch: pytest.MonkeyPatch, choice: str) -> None:
    monkeypatch.setenv("CHALLENGES", "password,captcha")
    attempt = Attempt().start(srp=True).prove(metadata={"challenge": choice})
    assert attempt.marked == "CAPTCHA_CHALLENGE"


def test_what_cognito_puts_between_is_passed_over() -> None:
    attempt = Attempt().start(srp=True).prove()
    assert attempt.cognito_adds("SOFTWARE_TOKEN_MFA", "NEW_PASSWORD_REQUIRED").marked == "CAPTCHA_CHALLENGE"
    assert right(attempt).tokens


def test_a_temporary_password_is_replaced_before_the_questions() -> None:
    anna = {**ANNA, "cognito:user_status": "FORCE_CHANGE_PASSWORD"}
    attempt = Attempt(attributes=anna).start(srp=True).prove()
    assert attempt.asked == "NEW_PASSWORD_REQUIRED"
    assert attempt.cognito_adds("NEW_PASSWORD_REQUIRED").marked == "CAPTCHA_CHALLENGE"


@pytest.mark.parametrize("challenges", ["captcha,link", "question,link", "captcha,question,link"])
def test_somebody_who_does_not_exist_gets_as_far_as_the_link_and_no_further(
    monkeypatch: pytest.MonkeyPatch, aws: Aws, challenges: str
) -> None:
    """A round at a time what an existing user sees of it, right answers and wrong ones: nothing tells them apart."""
    settings = {"LINK_SECRET": "0123456789abcdef" * 2, "LINK_URL": "https://x.example/", "MAIL_FROM": "x@x.example"}
    for name, value in {**settings, "CHALLENGES": challenges, "LINK_ANSWER_SECONDS": "0"}.items():
        monkeypatch.setenv(name, value)
    attempt, real = Attempt(name="nobody", nobody=True).start(), Attempt().start()
    while "answer" in real.private:
        for step in (lambda each: each.answer(WRONG), right):
            for each in (attempt, real):
                step(each)
            assert (attempt.asked, attempt.marked and attempt.marked.partition(":")[0], attempt.public.keys()) == (
                real.asked,
                real.marked and real.marked.partition(":")[0],
                real.public.keys(),
            )
    assert real.public.keys() == {"linkAttempt"}
    assert len(aws.emails) == 1, "to whoever exists"
    for _ in range(3):
        attempt.answer("00000000")
        real.answer("00000000")
    assert attempt.failed
    assert real.failed


@pytest.mark.parametrize("challenges", ["captcha", "question", "captcha,question"])
def test_somebody_who_does_not_exist_gets_no_tokens_for_right_answers(
    monkeypatch: pytest.MonkeyPatch, challenges: str
) -> None:
    monkeypatch.setenv("CHALLENGES", challenges)
    attempt = Attempt(name="nobody", nobody=True).start()
    for _ in challenges.split(","):
        right(attempt)
    assert attempt.failed
    assert all(each["challengeResult"] for each in attempt.rounds)


def rounds(*names: str) -> list[dict[str, object]]:
    """``!`` in front: not passed; ``:`` behind a CUSTOM_CHALLENGE: its metadata."""
    return [
        {
            "challengeName": name.lstrip("!").partition(":")[0],
            "challengeResult": not name.startswith("!"),
            "challengeMetadata": name.partition(":")[2] or None,
        }
        for name in names
    ]


@pytest.mark.parametrize(
    "impossible",
    [
        ("CUSTOM_CHALLENGE",),
        ("CUSTOM_CHALLENGE:SOMETHING_ELSE",),
        ("CUSTOM_CHALLENGE:QUESTION_CHALLENGE",),
        ("CUSTOM_CHALLENGE:CAPTCHA_CHALLENGE", "CUSTOM_CHALLENGE:CAPTCHA_CHALLENGE"),
        ("PASSWORD_VERIFIER",),
        ("!SRP_A",),
        ("CUSTOM_CHALLENGE:CAPTCHA_CHALLENGE", "SRP_A"),
        ("SRP_A", "CUSTOM_CHALLENGE:CAPTCHA_CHALLENGE", "PASSWORD_VERIFIER"),
        ("!SMS_MFA", "CUSTOM_CHALLENGE:CAPTCHA_CHALLENGE"),
        ("SOMETHING_NEW", "CUSTOM_CHALLENGE:CAPTCHA_CHALLENGE"),
    ],
)
def test_t059_rounds_that_cannot_be_end_it(monkeypatch: pytest.MonkeyPatch, impossible: tuple[str, ...]) -> None:
    monkeypatch.setenv("CHALLENGES", "captcha")
    assert Attempt(rounds=rounds(*impossible)).cognito_adds().failed


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("CHALLENGES", "captcha,password", "password can only come first"),
        ("CHALLENGES", "password|captcha", "password can only come first"),
        ("CHALLENGES", "captcha,riddle", "knows password, captcha, recaptcha, question, link, and no other"),
        ("CHALLENGE_TRIES", "0", "CHALLENGE_TRIES is no whole number from 1"),
        ("CHALLENGE_TRIES", "-1", "CHALLENGE_TRIES is no whole number from 1"),
        ("PASSWORD_IS_DUMMY", "perhaps", "PASSWORD_IS_DUMMY is neither on nor off"),
        ("PASSWORD_IS_DUMMY", "on", "PASSWORD_IS_DUMMY says is none"),
    ],
)
def test_a_setting_that_cannot_be_is_said_by_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Exception, match=words):
        Attempt().start(srp=True)


def test_t059_somebody_who_does_not_exist_gets_no_tokens_whatever_was_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHALLENGES", "captcha")
    right_somehow = rounds("CUSTOM_CHALLENGE:CAPTCHA_CHALLENGE")
    assert Attempt(rounds=right_somehow).cognito_adds().tokens
    assert Attempt(rounds=right_somehow, nobody=True).cognito_adds().failed


def test_t059_functions_with_different_plans_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """CreateAuthChallenge asks nothing that DefineAuthChallenge would not have it ask."""
    event = Attempt().event("create-auth-challenge", {"session": []}, {}, {})
    with pytest.raises(Exception, match="do both functions have the same CHALLENGES"):
        here("create-auth-challenge", event)


def test_a_question_of_another_create_trigger_is_not_judged() -> None:
    event = Attempt().event(
        "verify-auth-challenge-response",
        {"privateChallengeParameters": {"answer": "5"}, "challengeAnswer": "5"},
        {},
        {},
    )
    with pytest.raises(Exception, match=r"not put by flows\.triggers"):
        here("verify-auth-challenge-response", event)
