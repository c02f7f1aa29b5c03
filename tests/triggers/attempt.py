"""Cognito's side of one CUSTOM_AUTH sign-in: calls the three functions in its order and keeps the rounds.

Source: developer guide, "Custom authentication challenge Lambda triggers". Events go through JSON, so that a handler
gets nothing that it could not get on AWS.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from flows.triggers.catalog import CATALOG

Event = dict[str, Any]
Run = Callable[[str, Event], Any]

ANNA = {
    "sub": "6d1a5c0e-0000-4000-8000-000000000001",
    "email": "anna@example.com",
    "email_verified": "true",
    "cognito:user_status": "CONFIRMED",
}


def here(name: str, event: Event) -> Any:
    """Runs a handler in this process, by its name in the catalogue."""
    module, _, function = CATALOG[name].rpartition(".")
    return json.loads(json.dumps(getattr(import_module(module), function)(json.loads(json.dumps(event)), None)))


@dataclass
class Attempt:
    """``asked`` is the challenge at hand, "" before and after; ``tokens`` and ``failed`` are the two ends."""

    run: Run = here
    name: str = "anna"
    attributes: dict[str, str] = field(default_factory=lambda: dict(ANNA))
    nobody: bool = False
    rounds: list[dict[str, Any]] = field(default_factory=list)
    asked: str = ""
    tokens: bool = False
    failed: bool = False
    public: dict[str, str] = field(default_factory=dict)
    private: dict[str, str] = field(default_factory=dict)
    marked: str | None = None

    def start(self, *, srp: bool = False) -> "Attempt":
        if srp:
            self._passed("SRP_A")
        return self._onward({})

    def prove(self, *, correct: bool = True, metadata: dict[str, str] | None = None) -> "Attempt":
        """Answers PASSWORD_VERIFIER. (Cognito ends the flow by itself when the proof is wrong.)"""
        assert self.asked == "PASSWORD_VERIFIER"
        self._passed("PASSWORD_VERIFIER", correct=correct)
        return self._onward(metadata or {})

    def cognito_adds(self, *names: str) -> "Attempt":
        """Challenges that Cognito puts between and tells of."""
        for name in names:
            self._passed(name)
        return self._onward({})

    def answer(self, text: str, *, metadata: dict[str, str] | None = None) -> "Attempt":
        assert self.asked == "CUSTOM_CHALLENGE"
        request = {"privateChallengeParameters": self.private, "challengeAnswer": text}
        answered = self._call("verify-auth-challenge-response", request, {"answerCorrect": None}, metadata or {})
        assert type(answered["answerCorrect"]) is bool
        self._passed("CUSTOM_CHALLENGE", correct=answered["answerCorrect"], metadata=self.marked)
        return self._onward(metadata or {})

    def event(self, name: str, request: dict[str, Any], response: dict[str, Any], metadata: dict[str, str]) -> Event:
        source = "".join(word.capitalize() for word in name.split("-"))
        return {
            "version": "1",
            "triggerSource": f"{source}_Authentication",
            "region": "eu-west-1",
            "userPoolId": "eu-west-1_Example00",
            "userName": self.name,
            "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": "0example0"},
            "request": {
                "userAttributes": {} if self.nobody else self.attributes,
                "clientMetadata": metadata,
                "userNotFound": self.nobody,
                **request,
            },
            "response": response,
        }

    def _call(self, name: str, request: Any, response: Any, metadata: dict[str, str]) -> dict[str, Any]:
        event = self.event(name, request, response, metadata)
        answered = self.run(name, event)
        assert {**answered, "response": None} == {**event, "response": None}, "the event is handed back"
        filled: dict[str, Any] = answered["response"]
        assert filled.keys() == response.keys()
        return filled

    def _passed(self, name: str, *, correct: bool = True, metadata: str | None = None) -> None:
        self.rounds.append({"challengeName": name, "challengeResult": correct, "challengeMetadata": metadata})

    def _onward(self, metadata: dict[str, str]) -> "Attempt":
        request = {"session": self.rounds}
        empty = {"challengeName": None, "issueTokens": None, "failAuthentication": None}
        decided = self._call("define-auth-challenge", request, empty, metadata)
        self.tokens, self.failed = decided["issueTokens"], decided["failAuthentication"]
        self.asked = decided["challengeName"] or ""
        assert [bool(self.asked), self.tokens, self.failed].count(True) == 1, "T059: one thing only"
        self.public, self.private, self.marked = {}, {}, None
        if self.asked == "CUSTOM_CHALLENGE":
            made = self._call(
                "create-auth-challenge",
                {"challengeName": self.asked, **request},
                {"publicChallengeParameters": None, "privateChallengeParameters": None, "challengeMetadata": None},
                metadata,
            )
            self.public, self.private = made["publicChallengeParameters"], made["privateChallengeParameters"]
            self.marked = made["challengeMetadata"]
            assert all(isinstance(value, str) for value in (*self.public.values(), *self.private.values()))
        return self
