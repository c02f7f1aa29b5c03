"""Answers as Cognito's front end gives them: headers, JSON, and refusals in every place that some client reads.

Source: section 1.3 of the protocol notes.
"""

import base64
import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from flows.pool.errors import PoolError
from flows.pool.protocol import cors

Answer = tuple[int, dict[str, str], bytes]  # status, headers, body

CONTENT_TYPE = "application/x-amz-json-1.1"
_HEADER_LENGTH = 1024


def success(response: Mapping[str, Any], *, request_id: str) -> Answer:
    """The output of an operation; ``{}`` when it has none."""
    return _answer(200, response, request_id, {})


def refusal(error: PoolError, *, request_id: str | None = None, headers: Mapping[str, str] | None = None) -> Answer:
    """A refusal: Amplify v6 reads the header, everyone else ``__type`` in the body."""
    extra = {
        "x-amzn-errortype": f"{error.code}:",  # live answers have the colon; clients cut it off
        "x-amzn-errormessage": _header_text(error.message),
        **(headers or {}),
    }
    content = {"__type": error.code, "message": error.message}
    return _answer(error.status, content, request_id or str(uuid.uuid4()), extra)


def document(content: Mapping[str, Any], *, maximum_age: int) -> Answer:
    """A public document that anyone may keep for ``maximum_age`` seconds."""
    headers = {"Content-Type": "application/json", "Cache-Control": f"public, max-age={maximum_age}"}
    return 200, {**headers, **cors.ANSWER_HEADERS}, _json(content)


def preflight(request_headers: Mapping[str, str], *, methods: str) -> Answer:
    """The answer to OPTIONS."""
    return 200, cors.preflight_headers(request_headers, methods=methods), b""


def _answer(status: int, content: Mapping[str, Any], request_id: str, extra: Mapping[str, str]) -> Answer:
    headers = {
        "Content-Type": CONTENT_TYPE,
        "Cache-Control": "no-store",  # tokens
        "Date": format_datetime(datetime.now(UTC), usegmt=True),
        "x-amzn-requestid": request_id,
        **cors.ANSWER_HEADERS,
        **extra,
    }
    return status, headers, _json(content)


def _json(content: Mapping[str, Any]) -> bytes:
    return json.dumps(_plain(content), ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    """``value`` as JSON has it: absent members left out, moments as epoch seconds, bytes as base64."""
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return round(value.timestamp(), 3)
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _header_text(message: str) -> str:
    """A message as a header may carry it: printable ASCII on one line."""
    return "".join(character if " " <= character <= "~" else "?" for character in message)[:_HEADER_LENGTH]
