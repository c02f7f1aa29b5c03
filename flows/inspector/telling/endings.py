"""How a run ended, or what it waits for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from flows.inspector.entries import TOKENS, Call, beginning

Kind = Literal["tokens", "refused", "waits", "done"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """``name`` is the exception that refused it, or the ChallengeName that waits for an answer."""

    kind: Kind
    name: str = ""

    def __str__(self) -> str:
        return {"tokens": "signed in", "refused": "refused: ", "waits": "waits for ", "done": "done"}[
            self.kind
        ] + self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What came of one call: as much of it as an ending is told by."""

    begins: bool
    asked: str
    error: str


def of(calls: Iterable[Call]) -> Ending:
    return told_by([Came(begins=call.begins, asked=call.asked, error=call.error) for call in calls])


def told_by(came: list[Came]) -> Ending:
    """Since the run last began: another way to sign in begins the flow again, in the same run. Who has tokens is signed
    in, whatever was refused later."""
    since = came[beginning(came) or 0 :]
    if any(each.asked == TOKENS for each in since):
        return Ending(kind="tokens")
    last = next((each for each in reversed(since) if each.error or each.asked), None)
    if last is None:
        return Ending(kind="done")
    return Ending(kind="refused", name=last.error) if last.error else Ending(kind="waits", name=last.asked)
