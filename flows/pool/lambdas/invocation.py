"""Invoking a function by its ARN, with Cognito's patience: five seconds, three times."""

import logging
import uuid
from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any

from django.conf import settings

from flows.pool.lambdas import environments, places, remote
from flows.pool.lambdas.outcomes import InvocationFailed, NotInvoked
from flows.pool.lambdas.process import Function

logger = logging.getLogger(__name__)

SECONDS = 5.0  # developer guide, "Working with Lambda triggers"; not configurable there either
TRIES = 3


def invoke(arn: str, event: Mapping[str, Any], *, is_waited_for: bool = True) -> Any:
    """What the function returns: JSON that can be stored, None where it is no such. One that no request waits for takes
    none of the places of those that do: a thread of its own does.

    Raises ``FunctionRaised`` or, after three tries that were too slow, ``NotInvoked``. Either is a line in the log, for
    some triggers hide from everybody else that they are broken; what the function says is none: it may be a secret
    (T154).
    """
    try:
        with places.one() if is_waited_for else nullcontext():
            return _patiently(function_name(arn), event)
    except InvocationFailed as failure:
        logger.warning("%s of pool %s failed: %s", event.get("triggerSource"), event.get("userPoolId"), failure.logged)
        raise


def function_name(arn: str) -> str:
    """``arn:aws:lambda:<region>:<account>:function:<name>[:<version>]`` -> name; a bare name is itself."""
    parts = arn.split(":")
    return parts[6] if len(parts) > 6 else arn


def _patiently(name: str, event: Mapping[str, Any]) -> Any:
    for left in reversed(range(TRIES)):
        try:
            return _once(name, event)
        except NotInvoked as failure:
            if not (failure.passing and left):
                raise
    raise AssertionError("unreachable")


def _once(name: str, event: Mapping[str, Any]) -> Any:
    request_id = str(uuid.uuid4())
    handler = settings.LAMBDA_HANDLERS.get(name)
    if handler is None:
        return remote.run(settings.LAMBDA_ENDPOINT_URL, name, event, request_id=request_id, seconds=SECONDS)
    function = Function(
        name=name, handler=handler, folder=str(settings.BASE_DIR), variables=dict(settings.LAMBDA_ENVIRONMENT)
    )
    return environments.run(function, event, request_id=request_id, seconds=SECONDS)
