"""The user-pool protocol: one HTTP request in, one answer out, whoever carries them.

``handle`` is the transport that boto3 calls in-process and that ``flows.pool.http`` serves to every other client. A
``PoolError`` becomes an answer here and nowhere else.
"""

import logging
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from botocore.model import OperationModel
from django.conf import settings

from flows.pool.delivery import deliver
from flows.pool.errors import PoolError
from flows.pool.errors.protocol import internal_error, method_not_allowed, nothing_here, too_large, unknown_operation
from flows.pool.issuing import well_known
from flows.pool.operations import OPERATIONS
from flows.pool.protocol import answers, service_model, signatures, strict_json, validation
from flows.pool.protocol.answers import Answer
from flows.pool.protocol.call import Call
from flows.pool.tools import Tools

logger = logging.getLogger(__name__)

MAXIMUM_BODY = 256 * 1024  # the largest request, CreateUserPool with every message template, has about 100 kB


def handle(*, method: str, url: str, headers: Mapping[str, str], body: bytes, tools: Tools | None = None) -> Answer:
    """Answer one request: status, headers, body. Never raises.

    ``url`` is absolute; what counts is its path below ``POOL_ENDPOINT``. ``tools`` is for tests.
    """
    tools = tools or default_tools()
    request_id = str(uuid.uuid4())
    lower = {name.lower(): value for name, value in headers.items()}
    try:
        below = _path_below(tools.endpoint, url)
        if below == "":
            return _at_endpoint(method, url, lower, body, tools, request_id)
        return _document(method, lower, well_known.find(below or ""), tools)
    except PoolError as error:
        logger.info("%s: %s, request %s", _named(lower), error.code, request_id)
        return answers.refusal(error, request_id=request_id)
    except Exception:
        # The caller learns nothing but the id by which this line is found.
        logger.exception("%s failed, request %s", _named(lower), request_id)
        return answers.refusal(internal_error(), request_id=request_id)


def default_tools() -> Tools:
    """What operations work with outside of tests."""
    return Tools(endpoint=settings.POOL_ENDPOINT, deliver=deliver)


def _at_endpoint(
    method: str, url: str, headers: Mapping[str, str], body: bytes, tools: Tools, request_id: str
) -> Answer:
    if method == "OPTIONS":
        return answers.preflight(headers, methods="POST")
    if method != "POST":
        return _not_allowed("POST, OPTIONS")
    if len(body) > MAXIMUM_BODY:
        raise too_large()
    operation = _operation(headers)
    region = _region(operation, url, headers, body)
    request = validation.validate(operation.input_shape, strict_json.parse(body))
    response = OPERATIONS[operation.name](request, Call(tools=tools, region=region))
    return answers.success(response, request_id=request_id)


def _operation(headers: Mapping[str, str]) -> OperationModel:
    """The operation that is asked for; the content type must be the protocol's, so that no HTML form can call."""
    if headers.get("content-type", "").partition(";")[0].strip().lower() != answers.CONTENT_TYPE:
        raise unknown_operation(f"The Content-Type must be {answers.CONTENT_TYPE}.")
    operation = _target(headers)
    if operation is None:
        raise unknown_operation("X-Amz-Target names no operation of this service.")
    if operation.name not in OPERATIONS:
        raise unknown_operation(f"{operation.name} is not implemented by the embedded pool yet.")
    return operation


def _target(headers: Mapping[str, str]) -> OperationModel | None:
    prefix, _, name = headers.get("x-amz-target", "").partition(".")
    return service_model.find(name) if prefix == service_model.target_prefix() else None


def _named(headers: Mapping[str, str]) -> str:
    """The operation for a log line; nothing that a caller made up (T155)."""
    operation = _target(headers)
    return operation.name if operation else "request"


def _region(operation: OperationModel, url: str, headers: Mapping[str, str], body: bytes) -> str:
    """The region that a signed caller names; public operations need no signature and may carry any Authorization."""
    if service_model.is_public(operation):
        return str(settings.POOL_REGION)
    return signatures.verify(
        method="POST",
        url=url,
        headers=headers,
        body=body,
        key_pair=signatures.KeyPair(key_id=settings.POOL_ACCESS_KEY_ID, secret=settings.POOL_SECRET_ACCESS_KEY),
        now=datetime.now(UTC),
    )


def _document(method: str, headers: Mapping[str, str], document: well_known.Document | None, tools: Tools) -> Answer:
    if document is None:
        raise nothing_here()
    if method == "OPTIONS":
        return answers.preflight(headers, methods="GET")
    if method not in ("GET", "HEAD"):
        return _not_allowed("GET, HEAD, OPTIONS")
    return answers.document(document(tools.endpoint), maximum_age=well_known.MAXIMUM_AGE)


def _path_below(endpoint: str, url: str) -> str | None:
    """What follows the endpoint in ``url``, without slashes around it; None for another place."""
    base, path = urlsplit(endpoint).path.rstrip("/"), urlsplit(url).path
    if path != base and not path.startswith(f"{base}/"):
        return None
    return path.removeprefix(base).strip("/")


def _not_allowed(methods: str) -> Answer:
    return answers.refusal(method_not_allowed(methods), headers={"Allow": methods})
