"""Functions behind the Lambda Invoke API: ``sam local start-lambda``, the runtime interface emulator, or AWS itself."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import urllib3

from flows.pool.lambdas.outcomes import FunctionRaised, NotInvoked

_connections = urllib3.PoolManager(maxsize=64, retries=False)


def run(endpoint_url: str, name: str, event: Mapping[str, Any], *, request_id: str, seconds: float) -> Any:
    """The result of ``POST /2015-03-31/functions/<name>/invocations``. Raises ``FunctionRaised`` or ``NotInvoked``."""
    url = f"{endpoint_url.rstrip('/')}/2015-03-31/functions/{quote(name, safe='')}/invocations"
    headers = {"Content-Type": "application/json", "X-Amzn-RequestId": request_id}
    body = json.dumps(event).encode()
    timeout = urllib3.Timeout(total=seconds)
    try:
        answer = _connections.request("POST", url, body=body, headers=headers, timeout=timeout, redirect=False)
    except urllib3.exceptions.NewConnectionError:
        raise NotInvoked(f"ServiceException: nothing answers at {endpoint_url}") from None
    except urllib3.exceptions.TimeoutError:
        raise NotInvoked(f"Task timed out after {seconds:.2f} seconds", passing=True) from None
    except urllib3.exceptions.HTTPError as error:
        raise NotInvoked(f"ServiceException: {type(error).__name__} at {endpoint_url}") from None
    if answer.status != 200:
        error_type = answer.headers.get("x-amzn-errortype", f"ServiceException (HTTP {answer.status})")
        raise NotInvoked(error_type.partition(":")[0])
    content = _read(answer.data)
    if answer.headers.get("x-amz-function-error"):
        raise FunctionRaised(str(content.get("errorMessage", "")) if isinstance(content, Mapping) else str(content))
    return content


def _read(body: bytes) -> Any:
    """What the function returned; text that is no JSON is no answer of a trigger."""
    try:
        return json.loads(body)
    except ValueError:
        return None
