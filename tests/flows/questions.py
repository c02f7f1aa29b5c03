"""Functions of a test's own that put custom challenges, by kind, with answers that the test knows."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.lambda_api import Event, Functions

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=")
SOUND = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(32)
ANSWER = "739154"
ATTEMPT = "the-run-of-this-sign-in"


def token(attempt: str = ATTEMPT, *, code: str = ANSWER, exp: int = 4_000_000_000) -> str:
    """What stands behind the # of a link."""
    parts = (json.dumps({"attempt": attempt, "code": code, "exp": exp}).encode(), b"a mac of the functions' own")
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def data_url(content_type: str, content: bytes) -> str:
    return f"data:{content_type};base64,{base64.b64encode(content).decode()}"


PUBLIC: Mapping[str, Mapping[str, str]] = {
    "captcha": {"captchaUrl": data_url("image/png", PIXEL), "captchaAudioUrl": data_url("audio/wav", SOUND)},
    "recaptcha": {"recaptchaSiteKey": "a-site-key", "recaptchaVersion": "v3", "recaptchaAction": "sign_in"},
    "question": {"question": "What is two plus three?"},
    "link": {"linkDestination": "a***@e***", "linkAttempt": ATTEMPT},
    "custom": {"hint": "the colour of the door", "picture": "http://pictures.example/1"},
}


@dataclass
class Questions:
    """The three functions: ``kinds`` in turn, each as often as it takes, up to ``tries`` wrong answers in all.

    ``first`` are challenges of Cognito's own that come before. ``public`` takes the place of a kind's parameters.
    """

    functions: Functions
    kinds: tuple[str, ...] = ("captcha",)
    first: tuple[str, ...] = ()
    tries: int = 3
    public: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def config(self) -> dict[str, str]:
        """LambdaConfig."""
        return self.functions.add(
            DefineAuthChallenge=self.define,
            CreateAuthChallenge=self.create,
            VerifyAuthChallengeResponse=self.verify,
        )

    def define(self, event: Event) -> Event:
        rounds = event["request"]["session"]
        passed = [each["challengeName"] for each in rounds if each["challengeResult"]]
        owed = [name for name in self.first if name not in passed]
        wrong = sum(not each["challengeResult"] for each in rounds)
        done = not owed and self._place(event) >= len(self.kinds)
        event["response"] |= {
            "issueTokens": done,
            "failAuthentication": wrong >= self.tries,
            "challengeName": None if done else (owed or ["CUSTOM_CHALLENGE"])[0],
        }
        return event

    def create(self, event: Event) -> Event:
        kind = self.kinds[self._place(event)]
        event["response"] = {
            "publicChallengeParameters": dict(self.public.get(kind, PUBLIC[kind])),
            "privateChallengeParameters": {"answer": ANSWER, "token": token()},
            "challengeMetadata": kind,
        }
        return event

    def verify(self, event: Event) -> Event:
        request = event["request"]
        right = request["privateChallengeParameters"].values()
        event["response"]["answerCorrect"] = request["challengeAnswer"] in right
        return event

    def _place(self, event: Event) -> int:
        """How many questions have been answered."""
        rounds: list[dict[str, Any]] = event["request"]["session"]
        return sum(each["challengeResult"] for each in rounds if each["challengeName"] == "CUSTOM_CHALLENGE")
