"""The image CAPTCHA: right, wrong, twice, for nobody; and what of the answer gets out (T057)."""

import base64
import io
import json
import logging
import wave

import pytest
from PIL import Image

from tests.triggers.attempt import Attempt, here


@pytest.fixture(autouse=True)
def captcha(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHALLENGES", "captcha")
    monkeypatch.setenv("CAPTCHA_AUDIO", "off")  # takes longer than all the rest


@pytest.fixture
def audible(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CAPTCHA_AUDIO")


def content(url: str, media_type: str) -> bytes:
    head, _, data = url.partition(",")
    assert head == f"data:{media_type};base64"
    return base64.b64decode(data, validate=True)


@pytest.mark.usefixtures("audible")
def test_a_picture_and_the_same_spoken() -> None:
    attempt = Attempt().start()
    assert attempt.public.keys() == {"captchaUrl", "captchaAudioUrl"}
    picture = Image.open(io.BytesIO(content(attempt.public["captchaUrl"], "image/png")))
    assert picture.size == (240, 80)
    with wave.open(io.BytesIO(content(attempt.public["captchaAudioUrl"], "audio/wav"))) as sound:
        assert 4 < sound.getnframes() / sound.getframerate() < 12, "seconds"
    assert len(attempt.public["captchaAudioUrl"]) < 100_000


@pytest.mark.parametrize("typed", ["{0}", " {0} ", "{1} {2}", "\t{1}\u00a0{2}\n"])
def test_right_whatever_the_blanks(typed: str) -> None:
    attempt = Attempt().start()
    answer = attempt.private["answer"]
    assert attempt.answer(typed.format(answer, answer[:3], answer[3:])).tokens


def test_full_width_digits_are_digits() -> None:
    attempt = Attempt().start()
    assert attempt.answer("".join(chr(ord(digit) + 0xFEE0) for digit in attempt.private["answer"])).tokens


@pytest.mark.parametrize("typed", ["", " ", "0", "{0}0", "\x00", "\ud800", "9" * 9000, '{{"answer": "{0}"}}', "٠١٢٣٤٥"])
def test_t057_an_answer_is_not_compared_loosely(typed: str) -> None:
    attempt = Attempt().start()
    assert attempt.answer(typed.format(attempt.private["answer"])).asked, "asked again"


def test_t057_nothing_is_no_answer_to_nothing() -> None:
    """As when the private parameters got lost."""
    request = {"privateChallengeParameters": {"kind": "captcha", "answer": ""}, "challengeAnswer": " "}
    event = Attempt().event("verify-auth-challenge-response", request, {}, {})
    assert here("verify-auth-challenge-response", event)["response"] == {"answerCorrect": False}


def test_t057_solved_once_is_no_use_for_the_next() -> None:
    first, second = Attempt().start(), Attempt().start()
    assert first.private["answer"] != second.private["answer"]
    assert second.answer(first.private["answer"]).asked


def test_a_wrong_answer_gets_a_new_picture() -> None:
    attempt = Attempt().start()
    before = dict(attempt.private), dict(attempt.public)
    attempt.answer("no")
    assert attempt.private != before[0]
    assert attempt.public != before[1]
    assert attempt.answer(before[0]["answer"]).asked, "the old answer answers nothing any more"


@pytest.mark.usefixtures("audible")
def test_t057_the_answer_is_nowhere_but_in_the_private_parameters(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    attempt = Attempt().start()
    answer = attempt.private["answer"]
    attempt.answer("no")
    shown = json.dumps([attempt.public, attempt.marked, attempt.rounds, *capsys.readouterr()]) + caplog.text
    assert answer not in shown
    picture = content(attempt.public["captchaUrl"], "image/png")
    assert not Image.open(io.BytesIO(picture)).info, "nothing is written beside the picture"
    assert attempt.private["answer"].encode() not in picture


def test_the_sound_can_be_left_out() -> None:
    assert Attempt().start().public.keys() == {"captchaUrl"}


@pytest.mark.usefixtures("audible")
def test_nobody_sees_the_same_and_is_judged_alike() -> None:
    """A right answer is right, or whoever can read a picture could ask who exists; tokens there are none."""
    attempt = Attempt(name="nobody", nobody=True).start()
    assert attempt.public.keys() == {"captchaUrl", "captchaAudioUrl"}
    assert attempt.answer("000").asked, "wrong is wrong"
    assert attempt.answer(attempt.private["answer"]).failed
    assert [each["challengeResult"] for each in attempt.rounds] == [False, True]
