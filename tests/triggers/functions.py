"""Handlers in processes of their own with an environment of their own, as the embedded pool and Lambda run them."""

import itertools
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flows.pool.lambdas import environments
from flows.pool.lambdas.environments import Function
from flows.triggers.catalog import CATALOG

ROOT = Path(__file__).resolve().parents[2]
_numbers = itertools.count(1)


def with_environment(**variables: str) -> Callable[[str, dict[str, Any]], Any]:
    """``run(name, event)``; what a handler raises comes as ``FunctionRaised``. One process per function."""
    number = next(_numbers)

    def run(name: str, event: dict[str, Any]) -> Any:
        function = Function(name=f"{name}-{number}", handler=CATALOG[name], folder=str(ROOT), variables={**variables})
        return environments.run(function, event, request_id=str(uuid.uuid4()), seconds=30)

    return run
