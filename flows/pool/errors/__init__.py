"""Refusals of the pool: one function per refusal, each with Cognito's code and exact text, by what is refused.

Source of the texts: the live captures and client string tables collected in docs/protocol/errors.md. A ``PoolError``
is turned into an answer (HTTP 400, ``__type``, headers) in one place, ``flows.pool.wire``.
"""

from dataclasses import dataclass


@dataclass(eq=False)  # not frozen: Python itself sets attributes of exceptions
class PoolError(Exception):
    """A refusal: ``code`` is Cognito's exception name, ``message`` its text."""

    code: str
    message: str
    status: int = 400

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


def invalid_parameter(message: str) -> PoolError:
    return PoolError("InvalidParameterException", message)


def one_of(first: str, second: str) -> PoolError:
    """The live text was never captured."""
    return invalid_parameter(f"Exactly one of {first} and {second} is required.")


def missing_parameter(name: str) -> PoolError:
    return invalid_parameter(f"Missing required parameter {name}")


def not_authorized(message: str) -> PoolError:
    return PoolError("NotAuthorizedException", message)


def not_found(message: str) -> PoolError:
    return PoolError("ResourceNotFoundException", message)
