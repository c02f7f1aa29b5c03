"""What an invocation can come to besides a result.

A function's words are a stranger's: they are cut and made storable here, and none of them is ``logged`` (T154).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flows.pool.protocol import strict_json

LONGEST_ANSWER = 6 * 1024 * 1024  # bytes; Lambda's limit for an answer that is waited for
LONGEST_MESSAGE = 2000  # characters of an errorMessage that a client is told; our own choice
_ERROR_NAME = re.compile(r"[A-Za-z_][\w.]{0,99}", re.ASCII)


class InvocationFailed(Exception):
    """No result: see the two kinds."""

    @property
    def logged(self) -> str:
        """The kind of failure, for the log."""
        return type(self).__name__


@dataclass(eq=False)
class FunctionRaised(InvocationFailed):
    """The function ran and reported an error of its own: ``errorMessage`` and ``errorType``."""

    message: str
    error_type: str = ""

    @classmethod
    def reported(cls, report: Any) -> "FunctionRaised":
        """From the answer of a function that failed; of an answer in another form there are no words."""
        told = report if isinstance(report, Mapping) else {}
        message, error_type = (told.get(name, "") for name in ("errorMessage", "errorType"))
        return cls(
            strict_json.storable(message)[:LONGEST_MESSAGE] if isinstance(message, str) else "",
            error_name(error_type) or "",
        )

    @property
    def logged(self) -> str:
        return f"it raised {self.error_type or 'an error without a type'}"


@dataclass(eq=False)
class NotInvoked(InvocationFailed):
    """The function could not be run, or was too slow. ``error`` is the name AWS would give, such as
    ``ResourceNotFoundException``; clients are told that and no more."""

    error: str
    passing: bool = False  # may be better at the next try
    details: str = ""  # for the log

    @property
    def logged(self) -> str:
        return f"{self.error} ({self.details})" if self.details else self.error


def error_name(value: Any) -> str | None:
    """``value`` if it looks like the name of an error: one that has line breaks or words in it is none (T155)."""
    return value if isinstance(value, str) and _ERROR_NAME.fullmatch(value) else None


def service_failed(details: str) -> NotInvoked:
    return NotInvoked("ServiceException", details=details)


def timed_out(seconds: float) -> NotInvoked:
    return NotInvoked(f"Task timed out after {seconds:.2f} seconds", passing=True)


def process_exited() -> FunctionRaised:
    return FunctionRaised("RequestId: Process exited before completing request", "Runtime.ExitError")


def too_large() -> FunctionRaised:
    message = f"Response payload size exceeded maximum allowed payload size ({LONGEST_ANSWER} bytes)."
    return FunctionRaised(message, "Function.ResponseSizeTooLarge")
