"""Functions behind the Lambda Invoke API: ``sam local start-lambda``, or the runtime interface emulator.

Requests are not signed, so AWS itself does not answer them.
"""

import json
import re
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from flows.pool.lambdas import exchange, outcomes
from flows.pool.lambdas.exchange import Answer
from flows.pool.lambdas.outcomes import FunctionRaised, NotInvoked
from flows.pool.protocol import strict_json

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")  # API reference, CreateFunction; others could lead to another path


def run(endpoint_url: str, name: str, event: Mapping[str, Any], *, request_id: str, seconds: float) -> Any:
    """The result of ``POST /2015-03-31/functions/<name>/invocations``. Raises ``FunctionRaised`` or ``NotInvoked``."""
    if not _NAME.fullmatch(name):
        raise NotInvoked("ResourceNotFoundException", details="no function can have this name")
    answer = _post(endpoint_url, name, event, request_id=request_id, seconds=seconds)
    if answer.status != 200:
        error_type = answer.headers.get("x-amzn-errortype", "").partition(":")[0]
        raise NotInvoked(outcomes.error_name(error_type) or "ServiceException", details=f"HTTP {answer.status}")
    if answer.headers.get("x-amz-function-error"):
        raise FunctionRaised.reported(_report(answer.body))
    try:
        return strict_json.load(answer.body)
    except strict_json.Unreadable:
        return None  # no answer of a trigger


def _post(endpoint_url: str, name: str, event: Mapping[str, Any], *, request_id: str, seconds: float) -> Answer:
    where = ""  # never the URL, which may hold a password
    try:
        address = urlsplit(endpoint_url)
        where = f"{address.hostname}:{address.port or address.scheme}"
        return exchange.post(
            address,
            f"{address.path.rstrip('/')}/2015-03-31/functions/{name}/invocations",
            headers={"Content-Type": "application/json", "X-Amzn-RequestId": request_id},
            body=json.dumps(event).encode(),
            seconds=seconds,
            longest=outcomes.LONGEST_ANSWER,
        )
    except TimeoutError:
        raise outcomes.timed_out(seconds) from None
    except exchange.TooLarge:
        raise outcomes.too_large() from None
    except (OSError, HTTPException, ValueError, KeyError) as error:
        raise outcomes.service_failed(f"{type(error).__name__} at {where}") from None


def _report(body: bytes) -> Any:
    """Leniently: an error with half a character in its message is still that error."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
