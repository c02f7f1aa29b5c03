"""The kinds of question that the custom-auth triggers can ask. A new kind is a file here and a row below.

Rows hold dotted paths, so that a function loads only what its own kinds need: DefineAuthChallenge, which needs but the
names, starts without an imaging library.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whoever is signing in, as far as a question depends on it."""

    attributes: Mapping[str, str]
    exists: bool
    earlier: str | None = None  # detail of the metadata of this question's last round, when the answer was wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """A question: what the client sees, what only the verify trigger sees, what later rounds may know of it."""

    public: Mapping[str, str]
    private: Mapping[str, str]
    detail: str = ""


class Asker(Protocol):
    """What a kind's file offers."""

    def ask(self, person: Person) -> Challenge: ...

    def check(self, answer: str, private: Mapping[str, str]) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A row: the challengeMetadata that marks its rounds, its file, the variables without which another stands in."""

    metadata: str
    module: str
    needs: tuple[str, ...] = ()
    stand_in: str = ""


KINDS: dict[str, Kind] = {
    "captcha": Kind(metadata="CAPTCHA_CHALLENGE", module="flows.triggers.kinds.captcha"),
    "recaptcha": Kind(
        metadata="RECAPTCHA_CHALLENGE",
        module="flows.triggers.kinds.recaptcha",
        needs=("RECAPTCHA_PUBLIC_KEY", "RECAPTCHA_PRIVATE_KEY"),
        stand_in="captcha",
    ),
    "question": Kind(metadata="QUESTION_CHALLENGE", module="flows.triggers.kinds.question"),
    "link": Kind(metadata="LINK_CHALLENGE", module="flows.triggers.kinds.link"),
}


def asker(kind: str) -> Asker:
    """The kind's file, loaded when first wanted. Raises KeyError for a kind that is not in the table."""
    return cast(Asker, import_module(KINDS[kind].module))


def metadata_for(kind: str, detail: str = "") -> str:
    """The challengeMetadata of a round: ``CAPTCHA_CHALLENGE``, or ``LINK_CHALLENGE:<detail>``."""
    return f"{KINDS[kind].metadata}:{detail}" if detail else KINDS[kind].metadata


def kind_and_detail(metadata: str | None) -> tuple[str | None, str]:
    """Which kind asked in the round with this challengeMetadata; None when it was none of ours."""
    name, _, detail = (metadata or "").partition(":")
    return next((kind for kind, row in KINDS.items() if row.metadata == name), None), detail
