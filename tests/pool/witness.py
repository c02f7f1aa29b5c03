"""Somebody who watches the embedded pool and the wire in front of it, call by call (settings.POOL_OBSERVER)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from flows.pool.reasons import Because
from tests.flows import overheard
from tests.flows.overheard import Exchange

TRANSPORT = "tests.pool.witness.handle"
OBSERVER = "tests.pool.witness.observe"
FAILING_OBSERVER = "tests.pool.witness.fail"

calls: list["Call"] = []
_told: list[tuple[str, dict[str, Any]]] = []


@dataclass(frozen=True, slots=True)
class Call:
    """What went over the wire, what was told meanwhile, and how often the database was asked."""

    exchange: Exchange
    told: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    queries: int = 0

    @property
    def asked(self) -> list[str]:
        """What the client was really told to do next, if it was."""
        answer = self.exchange.answer
        asked = "TOKENS" if "AuthenticationResult" in answer else answer.get("ChallengeName")
        return [asked] if asked else []

    @property
    def decisions(self) -> list[tuple[str, str]]:
        return [(facts["next"], facts["why"]) for kind, facts in self.told if kind == "decision"]

    @property
    def triggers(self) -> list[dict[str, Any]]:
        return [facts for kind, facts in self.told if kind == "trigger"]


def begin() -> None:
    """Forget what was seen before."""
    calls.clear()


def observe(kind: str, **facts: Any) -> None:
    _told.append((kind, facts))


def fail(kind: str, **facts: Any) -> None:
    """An observer with a fault, whose words hold all the secrets that it was told."""
    raise ValueError(f"{kind}: {facts}")


def handle(**request: Any) -> tuple[int, dict[str, str], bytes]:
    _told.clear()
    with CaptureQueriesContext(connection) as queries:
        answer = overheard.handle(**request)
    calls.append(Call(overheard.exchanges()[-1], list(_told), len(queries)))
    return answer


# -- Reading reasons ---------------------------------------------------------------------------------------------
def reasons_in(why: str) -> Iterator[tuple[Because, dict[str, str]]]:
    """The sentences of ``why`` with the facts that were filled in."""
    for sentence in re.split(r"(?<=\.) ", why):
        found = [(each, match.groupdict()) for each in Because if (match := _pattern(each).fullmatch(sentence))]
        assert len(found) == 1, f"{sentence!r} is {found}"
        yield found[0]


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[A-Z_]+(?:, [A-Z_]+)*)", re.escape(template)))
