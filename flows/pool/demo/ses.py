"""Amazon SES as far as the bundled functions need it: SendEmail of API version 2, into the demo's outbox.

So a function sends on a laptop what it sends on AWS: boto3 finds this by AWS_ENDPOINT_URL_SESV2.
"""

import json
import uuid
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from flows.pool.delivery import outbox
from flows.pool.demo import seed
from flows.pool.errors import PoolError
from flows.pool.protocol import guard, signatures
from flows.pool.protocol.signatures import KeyPair
from flows.pool.tools import Message

LONGEST = 1024 * 1024  # bytes


@csrf_exempt  # signed by the pool's key pair, which no browser has
@guard.demo_only
@require_POST
def send_email(request: HttpRequest) -> HttpResponse:
    """``Content.Simple`` to each of ``Destination.ToAddresses``; its plain text is what is kept."""
    if int(request.headers.get("Content-Length") or "0") > LONGEST:
        return _refusal(413, "MessageRejected", "The message is too long.")
    try:
        _require_signature(request)
        subject, text, addresses = _read(request.body)
    except PoolError as error:
        return _refusal(403, error.code, error.message)
    except (ValueError, KeyError, TypeError, RecursionError):
        return _refusal(400, "BadRequestException", "Only Content.Simple with a subject and a text is known here.")
    for address in addresses:
        message = Message(
            medium="email", destination=address, username="", purpose="SendEmail", subject=subject, text=text
        )
        outbox.keep(seed.get().pool_id, message)
    return JsonResponse({"MessageId": str(uuid.uuid4())})


def _require_signature(request: HttpRequest) -> None:
    signatures.verify(
        method="POST",
        url=request.build_absolute_uri(request.get_full_path()),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=request.body,
        key_pair=KeyPair(key_id=settings.POOL_ACCESS_KEY_ID, secret=settings.POOL_SECRET_ACCESS_KEY),
        now=datetime.now(UTC),
        service="ses",
    )


def _read(body: bytes) -> tuple[str, str, list[str]]:
    """Subject, plain text and addresses. Raises ValueError, KeyError or TypeError for anything else."""
    content: dict[str, Any] = json.loads(body)
    simple = content["Content"]["Simple"]
    addresses = content["Destination"]["ToAddresses"]
    subject, text = simple["Subject"]["Data"], simple["Body"]["Text"]["Data"]
    if not isinstance(addresses, list) or not all(isinstance(each, str) for each in (subject, text, *addresses)):
        raise TypeError("Text is expected.")
    "".join((subject, text, *addresses)).encode()  # half an emoji is no text, and would stay in the outbox
    return subject, text, addresses


def _refusal(status: int, code: str, message: str) -> HttpResponse:
    return JsonResponse({"message": message}, status=status, headers={"x-amzn-ErrorType": code})
