"""The program inside an execution environment: ``python -m flows.pool.lambdas.runtime <dotted path of a handler>``.

Reads one event per line from standard input and writes one answer per line, as Lambda's Python runtime would: the
handler's result, or ``errorType``, ``errorMessage`` and ``stackTrace``. Whose answer it is stands before it, for a
handler that forks may answer twice. Whatever the handler prints goes to standard error. Ends when its input does, so it
never outlives the server that started it.
"""

import importlib
import json
import os
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

Handler = Callable[[Any, "Context"], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The part of Lambda's context object that triggers use."""

    function_name: str
    aws_request_id: str
    deadline: float  # time.monotonic()

    def get_remaining_time_in_millis(self) -> int:
        return max(0, int((self.deadline - time.monotonic()) * 1000))


def load(dotted_path: str) -> Handler:
    """The handler itself. Raises what importing raises."""
    module_name, _, name = dotted_path.rpartition(".")
    module: ModuleType = importlib.import_module(module_name)
    handler: Handler = getattr(module, name)
    return handler


def answer(handler: Handler, call: dict[str, Any]) -> str:
    """One line for one event: its request id, "result" or "error" ("last" where the process ends with it), and JSON."""
    context = Context(
        function_name=call["function_name"],
        aws_request_id=call["request_id"],
        deadline=time.monotonic() + call["seconds"],
    )
    try:
        result = handler(call["event"], context)
    except Exception as error:
        return _line(call, "error", json.dumps(_told(error)))
    try:
        return _line(call, "result", json.dumps(result, allow_nan=False))
    except (TypeError, ValueError, RecursionError) as error:
        told = {"errorType": "Runtime.MarshalError", "errorMessage": f"Unable to marshal response: {error}"}
        return _line(call, "error", json.dumps(told))


def _line(call: dict[str, Any], kind: str, text: str) -> str:
    return f"{call['request_id']} {kind} {text}\n"


def _told(error: BaseException) -> dict[str, Any]:
    return {
        "errorType": type(error).__name__,
        "errorMessage": str(error),
        "stackTrace": traceback.format_tb(error.__traceback__),
    }


def main(dotted_path: str) -> None:
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")  # ours alone: a handler that prints must not be an answer
    os.dup2(2, 1)
    try:
        handler = load(dotted_path)
    except Exception as error:
        told = {"errorType": "Runtime.ImportModuleError", "errorMessage": f"Unable to import {dotted_path}: {error}"}
        channel.write(_line(json.loads(sys.stdin.readline()), "last", json.dumps(told)))
        channel.flush()
        return
    for line in sys.stdin:
        channel.write(answer(handler, json.loads(line)))
        channel.flush()


if __name__ == "__main__":
    main(sys.argv[1])
