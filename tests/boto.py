"""boto3 clients for the tests: answered in this process by the embedded pool, or by a server over HTTP."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, Any

import boto3.session
from botocore import UNSIGNED
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config
from django.conf import settings
from django.utils.module_loading import import_string

from flows.pool import wire
from tests.rsa_keys import next_key

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient


# One session for all clients: each new one reads botocore's endpoints and models anew, which took half the time of the
# pool's tests. Making a client is not thread-safe, using one is.
_session = boto3.session.Session()
_one_at_a_time = Lock()


class _Body:
    """The part of urllib3's response that botocore reads."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self._body


def _answer(request: AWSPreparedRequest, injected: dict[str, Any]) -> AWSResponse:
    body = request.body or b""
    status, headers, answer = import_string(settings.COGNITO_TRANSPORT)(
        **{"tools": replace(wire.default_tools(), rsa_key=next_key), **injected},
        method=request.method,
        url=request.url,
        headers={name: _text(value) for name, value in request.headers.items()},
        body=body.encode() if isinstance(body, str) else bytes(body),
    )
    return AWSResponse(request.url, status, headers, _Body(answer))


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


def _client(endpoint: str, region: str, keys: tuple[str, str] | None) -> "CognitoIdentityProviderClient":
    # One attempt: botocore repeats a refused LimitExceededException, and a test must see the first answer.
    retries = {"total_max_attempts": 1}
    with _one_at_a_time:
        return _session.client(
            "cognito-idp",
            endpoint_url=endpoint,
            region_name=region,
            aws_access_key_id=keys[0] if keys else None,
            aws_secret_access_key=keys[1] if keys else None,
            config=Config(retries=retries) if keys else Config(retries=retries, signature_version=UNSIGNED),
        )


def in_process(*, signed: bool = True, **injected: Any) -> "CognitoIdentityProviderClient":
    """A client whose requests never leave the process. Wired as the portal's own, written apart from it.

    ``injected`` goes to the transport as it is: ``tools=`` with a clock that the test moves.
    """
    keys = (settings.POOL_ACCESS_KEY_ID, settings.POOL_SECRET_ACCESS_KEY) if signed else None
    client = _client(settings.POOL_ENDPOINT, settings.POOL_REGION, keys)
    client.meta.events.register("before-send.cognito-idp", lambda request, **_: _answer(request, injected))
    return client


def over_http(config: dict[str, Any], *, signed: bool = True) -> "CognitoIdentityProviderClient":
    """A client of a live server; ``config`` is its ``/demo/config.json``."""
    keys = (config["accessKeyId"], config["secretAccessKey"]) if signed else None
    return _client(config["endpoint"], config["region"], keys)
