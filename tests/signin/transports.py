"""Transports between the portal and the embedded pool that count or spoil what passes."""

import json
import threading
from collections import Counter
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import EndpointConnectionError

from flows.pool import wire

COUNTING = "tests.signin.transports.counting"
seen: Counter[str] = Counter()
refusing: dict[str, tuple[str, str]] = {}  # operation: code, message; an empty code is no answer at all
_lock = threading.Lock()


def counting(
    *, method: str, url: str, headers: Mapping[str, str], body: bytes, **injected: Any
) -> tuple[int, dict[str, str], bytes]:
    """The pool, with every operation counted and those in ``refusing`` refused."""
    target = next((value for name, value in headers.items() if name.lower() == "x-amz-target"), "JWKS")
    operation = target.rpartition(".")[2]
    with _lock:
        seen[operation] += 1
    if operation in refusing:
        code, message = refusing[operation]
        if not code:
            raise EndpointConnectionError(endpoint_url=url)
        return 400, {}, json.dumps({"__type": code, "message": message}).encode()
    return wire.handle(method=method, url=url, headers=headers, body=body, **injected)


def reset() -> None:
    seen.clear()
    refusing.clear()
