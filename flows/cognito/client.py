"""boto3 clients: one for public operations, one for those that AWS credentials sign.

Time-outs and attempts are set here because boto3's own (60 s, three sends even of LimitExceededException, measured
with botocore 1.44) would keep a person waiting for minutes and mail a code three times.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from io import BytesIO
from typing import Any, Final, cast

import boto3
from botocore import UNSIGNED
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config
from django.conf import settings

from flows.cognito import transport
from flows.cognito.connection import Connection

CONNECT_SECONDS = 2
READ_SECONDS = 5
SERVICE: Final = "cognito-idp"


def client_for(connection: Connection, *, signed: bool) -> Any:
    """The boto3 client for ``connection``; made once, safe to share between threads.

    ``signed=False`` never looks for AWS credentials: public operations need none, and looking may ask the network.
    """
    keys = (connection.aws_access_key_id, connection.aws_secret_access_key) if signed else None
    return _client(connection.region, connection.endpoint_url, keys, settings.COGNITO_TRANSPORT)


@lru_cache(maxsize=16)
def _client(region: str, endpoint_url: str | None, keys: tuple[str | None, str | None] | None, _transport: str) -> Any:
    """``keys=None`` sends unsigned; a pair of ``None`` lets boto3 find credentials itself."""
    config = Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"total_max_attempts": 1, "mode": "standard"},
        max_pool_connections=50,
        signature_version=UNSIGNED if keys is None else None,
    )
    client = boto3.session.Session().client(  # a session of its own: boto3's default one is not safe to share
        SERVICE,
        region_name=region,
        endpoint_url=endpoint_url,
        aws_access_key_id=keys[0] if keys else None,
        aws_secret_access_key=keys[1] if keys else None,
        config=config,
    )
    if send := transport.current():
        client.meta.events.register("before-send.cognito-identity-provider", _answered_by(send))
    return client


def _answered_by(send: transport.Transport) -> Callable[..., Any]:
    """A ``before-send`` handler: what it returns is taken for the server's answer and nothing leaves the process."""

    def answer(request: AWSPreparedRequest, **_: object) -> AWSResponse:
        headers = {name: _text(value) for name, value in request.headers.items()}
        status, answer_headers, body = send(
            method=request.method, url=request.url, headers=headers, body=_bytes(request.body)
        )
        return AWSResponse(request.url, status, cast(Any, answer_headers), _Body(body))

    return answer


class _Body(BytesIO):
    """The part of urllib3's response that botocore reads."""

    def stream(self, **_: object) -> Iterator[bytes]:
        yield self.read()


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _bytes(body: Any) -> bytes:
    return body.encode() if isinstance(body, str) else bytes(body or b"")
