"""A pool from before GetTokensFromRefreshToken: one refreshes by InitiateAuth there (settings.COGNITO_TRANSPORT)."""

import json
from typing import Any

from tests import judge

TRANSPORT = "tests.inspector.older_pool.handle"


def handle(**request: Any) -> tuple[int, dict[str, str], bytes]:
    """The judged wire, but for the operation that it does not know."""
    target = next((value for name, value in request["headers"].items() if name.lower() == "x-amz-target"), "")
    if target.endswith(".GetTokensFromRefreshToken"):
        refusal = {"__type": "UnknownOperationException"}
        return 400, {"Content-Type": "application/x-amz-json-1.1"}, json.dumps(refusal).encode()
    return judge.handle(**request)
