"""Requests as bytes on the wire, where a client library would be too polite to send them."""

import json
from collections.abc import Mapping
from typing import Any

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from django.conf import settings

from flows.pool import wire
from flows.pool.tools import Tools

Answer = tuple[int, dict[str, str], Any]


def headers_for(operation: str) -> dict[str, str]:
    return {
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": f"AWSCognitoIdentityProviderService.{operation}",
    }


def as_bytes(body: Any) -> bytes:
    return body if isinstance(body, bytes) else json.dumps(body).encode()


def send(
    body: Any, headers: Mapping[str, str], *, url: str = "", method: str = "POST", tools: Tools | None = None
) -> Answer:
    """Status, headers and decoded answer; ``body`` is sent as JSON unless it is bytes."""
    status, answer_headers, answer = wire.handle(
        method=method, url=url or settings.POOL_ENDPOINT, headers=headers, body=as_bytes(body), tools=tools
    )
    return status, answer_headers, json.loads(answer)


def call(operation: str, body: Any, **headers: str) -> Answer:
    """One unsigned request."""
    return send(body, {**headers_for(operation), **headers})


def signed(
    operation: str,
    body: Any,
    *,
    url: str = "",
    key: tuple[str, str] | None = None,
    region: str = "us-east-1",
    service: str = "cognito-idp",
    headers: Mapping[str, str] | None = None,
    without: str = "",
) -> dict[str, str]:
    """Headers that botocore signed for this request, but for one that it was not given."""
    given = {name: value for name, value in headers_for(operation).items() if name != without} | dict(headers or {})
    request = AWSRequest(
        method="POST",
        url=url or settings.POOL_ENDPOINT,
        data=as_bytes(body),
        headers=given,
    )
    key_id, secret = key or (settings.POOL_ACCESS_KEY_ID, settings.POOL_SECRET_ACCESS_KEY)
    SigV4Auth(Credentials(key_id, secret), service, region).add_auth(request)
    return dict(request.headers.items())
