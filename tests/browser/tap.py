"""The wire and the functions, overheard apart from the inspector: a line of JSON for each call, in the file TAP.

A live server writes them (tests/browser/tapped_settings.py has it do so); a test reads them with ``Tap``. What a
function was given and gave stands before the call that it was a part of.
"""

import json
import os
from copy import deepcopy
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

VARIABLE = "TAP"


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A call of a Lambda function. ``answer`` is None where it raised."""

    source: str
    event: dict[str, Any]
    answer: dict[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A call to the pool, and the functions that were called meanwhile."""

    operation: str
    signed: bool
    status: int
    request: dict[str, Any]
    answer: dict[str, Any]
    functions: tuple[Function, ...] = ()

    @property
    def refused(self) -> str:
        """The exception's name, if it is one."""
        return str(self.answer.get("__type", "")).rpartition("#")[2]

    @property
    def asked(self) -> str:
        """What the pool wants next: a ChallengeName, or TOKENS when it has given some."""
        return "TOKENS" if "AuthenticationResult" in self.answer else str(self.answer.get("ChallengeName", ""))


class Overheard(Protocol):
    """Whatever listens."""

    @property
    def calls(self) -> list[Told]:
        """What was heard since ``begin``, in order."""

    def begin(self) -> None: ...


class Tap:
    """What the server heard since ``begin``."""

    def __init__(self, path: Path) -> None:
        self.path, self._from = path, 0
        path.touch()

    def begin(self) -> None:
        self._from = self.path.stat().st_size

    @property
    def calls(self) -> list[Told]:
        calls, functions = [], []
        with self.path.open("rb") as lines:
            lines.seek(self._from)
            for line in map(json.loads, lines):
                if line.pop("kind") == "function":
                    functions.append(Function(**line))
                else:
                    calls.append(Told(**line, functions=tuple(functions)))
                    functions = []
        return calls


# -- On the server -----------------------------------------------------------------------------------------------------
def handle(**request: Any) -> tuple[int, dict[str, str], bytes]:
    """settings.COGNITO_TRANSPORT: the pool's own, overheard."""
    status, headers, body = import_module("flows.pool.wire").handle(**request)
    given = {name.lower(): value for name, value in request["headers"].items()}
    if "x-amz-target" not in given:  # a public key
        return status, headers, body
    note(
        "call",
        operation=given["x-amz-target"].rpartition(".")[2],
        signed="authorization" in given,
        status=status,
        request=json.loads(request["body"]),
        answer=json.loads(body or b"{}"),
    )
    return status, headers, body


def tapped(trigger: str) -> Any:
    """A function of flows.triggers that is overheard."""

    def handler(event: dict[str, Any], context: object) -> Any:
        given, answer = deepcopy(event), None
        try:
            answer = import_module(f"flows.triggers.{trigger}").handler(event, context)
        finally:
            note("function", source=given["triggerSource"], event=given, answer=answer)
        return answer

    return handler


def note(kind: str, **facts: Any) -> None:
    """One write to a file that is open for appending is whole, whichever process makes it."""
    line = json.dumps({"kind": kind, **facts}).encode() + b"\n"
    file = os.open(os.environ[VARIABLE], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, line)
    finally:
        os.close(file)
