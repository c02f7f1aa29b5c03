"""What an invocation can come to besides a result."""

from dataclasses import dataclass


class InvocationFailed(Exception):
    """No result: see the two kinds."""


@dataclass(eq=False)
class FunctionRaised(InvocationFailed):
    """The function ran and reported an error of its own; ``message`` is its ``errorMessage``."""

    message: str


@dataclass(eq=False)
class NotInvoked(InvocationFailed):
    """The function could not be run, or was too slow. ``error`` is the name AWS would give, such as
    ``ResourceNotFoundException``."""

    error: str
    passing: bool = False  # may be better at the next try
