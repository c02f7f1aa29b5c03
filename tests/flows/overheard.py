"""What a client and the embedded pool say to each other, written down on the way (settings.COGNITO_TRANSPORT)."""

import json
from dataclasses import dataclass
from typing import Any

from tests import judge

TRANSPORT = "tests.flows.overheard.handle"
_exchanges: list["Exchange"] = []


@dataclass(frozen=True, slots=True)
class Exchange:
    """One call: its operation, its request, and its answer or refusal."""

    operation: str
    request: dict[str, Any]
    answer: dict[str, Any]


def handle(**request: Any) -> tuple[int, dict[str, str], bytes]:
    """The judged wire, overheard."""
    status, headers, body = judge.handle(**request)
    target = next((value for name, value in request["headers"].items() if name.lower() == "x-amz-target"), "")
    heard = Exchange(target.rpartition(".")[2], json.loads(request["body"] or b"{}"), json.loads(body or b"{}"))
    _exchanges.append(heard)
    return status, headers, body


def begin() -> None:
    """Forget what was heard before."""
    _exchanges.clear()


def exchanges(*operations: str) -> list[Exchange]:
    """What was heard since, of these operations or of all."""
    return [each for each in _exchanges if not operations or each.operation in operations]


def challenges() -> list[str]:
    """The challenges that the pool asked since, in order."""
    return [each.answer["ChallengeName"] for each in _exchanges if "ChallengeName" in each.answer]
