"""Invoking a function by its ARN, with Cognito's patience: five seconds, three times."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from flows.pool.lambdas import environments, remote
from flows.pool.lambdas.environments import Function
from flows.pool.lambdas.outcomes import NotInvoked

SECONDS = 5.0  # developer guide, "Working with Lambda triggers"; not configurable there either
TRIES = 3


def invoke(arn: str, event: Mapping[str, Any]) -> Any:
    """What the function returns. Raises ``FunctionRaised`` or, after three tries that were too slow, ``NotInvoked``."""
    for left in reversed(range(TRIES)):
        try:
            return _once(function_name(arn), event)
        except NotInvoked as failure:
            if not (failure.passing and left):
                raise
    raise AssertionError("unreachable")


def function_name(arn: str) -> str:
    """``arn:aws:lambda:<region>:<account>:function:<name>[:<version>]`` -> name; a bare name is itself."""
    parts = arn.split(":")
    return parts[6] if len(parts) > 6 else arn


def _once(name: str, event: Mapping[str, Any]) -> Any:
    request_id = str(uuid.uuid4())
    handler = settings.LAMBDA_HANDLERS.get(name)
    if handler is None:
        return remote.run(settings.LAMBDA_ENDPOINT_URL, name, event, request_id=request_id, seconds=SECONDS)
    function = Function(
        name=name, handler=handler, folder=str(settings.BASE_DIR), variables=dict(settings.LAMBDA_ENVIRONMENT)
    )
    return environments.run(function, event, request_id=request_id, seconds=SECONDS)
