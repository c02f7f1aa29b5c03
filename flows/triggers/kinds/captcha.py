"""Digits to read from a picture, or to hear: ``captchaUrl`` and ``captchaAudioUrl``, as ``data:`` URLs.

Drawn and spoken by lepture's captcha. The answer leaves this file in the private parameters only. Environment:
``CAPTCHA_AUDIO=off`` leaves the sound out, which leaves people out who do not see.
"""

import base64
import secrets
from collections.abc import Mapping
from itertools import accumulate

from captcha.audio import BEEP, END_BEEP, SILENCE, WAVE_SAMPLE_RATE, AudioCaptcha, mix_wave
from captcha.image import ImageCaptcha

from flows.triggers import environment
from flows.triggers.answers import same
from flows.triggers.kinds import Challenge, Person

DIGITS = 6
WIDTH, HEIGHT = 240, 80  # pixels
SHORTEST_PAUSE, LONGEST_PAUSE = 0.4, 0.9  # seconds between digits; the library's own 1 to 3 make half a megabyte of it


class _Voice(AudioCaptcha):
    """The library's voices and noises, with shorter pauses."""

    def create_wave_body(self, chars: str) -> bytearray:
        spoken = [self._twist_pick(char) for char in chars]
        pauses = [_samples(SHORTEST_PAUSE, LONGEST_PAUSE) for _ in (*chars, "end")]
        starts = accumulate(
            (len(voice) + pause for voice, pause in zip(spoken, pauses[1:], strict=True)), initial=pauses[0]
        )
        body = self.create_background_noise(sum(map(len, spoken)) + sum(pauses), chars)
        for start, voice in zip(starts, spoken, strict=False):
            body[start : start + len(voice)] = mix_wave(voice, body[start : start + len(voice)])
        return BEEP + SILENCE + body + END_BEEP


_picture = ImageCaptcha(width=WIDTH, height=HEIGHT)
_voice = _Voice()


def ask(person: Person) -> Challenge:
    """New digits each time."""
    digits = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    public = {"captchaUrl": _data_url("image/png", _picture.generate(digits).getvalue())}
    if environment.text("CAPTCHA_AUDIO", "on") != "off":
        public["captchaAudioUrl"] = _data_url("audio/wav", bytes(_voice.generate(digits)))
    return Challenge(public=public, private={"answer": digits})


def check(answer: str, private: Mapping[str, str]) -> bool:
    return same(answer, private["answer"])


def _samples(shortest: float, longest: float) -> int:
    least = int(shortest * WAVE_SAMPLE_RATE)
    return least + secrets.randbelow(int(longest * WAVE_SAMPLE_RATE) - least)


def _data_url(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"
