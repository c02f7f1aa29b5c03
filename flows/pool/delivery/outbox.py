"""The demo's mailbox: messages are kept, sealed, and shown on this machine instead of being sent."""

import json
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from flows.pool import sealing
from flows.pool.models import OutboxMessage
from flows.pool.tools import Message

_PURPOSE = "outbox message"
_SEALED = ("destination", "code", "text")
KEPT = 1000  # messages; older ones are thrown away, so that a load test does not fill the disk


def keep(pool_id: str, message: Message) -> None:
    """Keep ``message`` for /demo/outbox/. At once, and undone with the transaction that it belongs to."""
    content = asdict(message)
    sealed = sealing.seal(_PURPOSE, json.dumps([content[name] for name in _SEALED]).encode(), bound_to=pool_id)
    row = OutboxMessage.objects.create(
        pool_id=pool_id,
        at=timezone.now(),
        medium=message.medium,
        purpose=message.purpose,
        username=message.username,
        sealed_content=sealed,
    )
    OutboxMessage.objects.filter(pk__lte=row.pk - KEPT).delete()


def messages() -> list[dict[str, Any]]:
    """Every message kept, oldest first, as /demo/outbox.json shows it."""
    return [_opened(row) for row in OutboxMessage.objects.all()]


def _opened(row: OutboxMessage) -> dict[str, Any]:
    sealed = sealing.unseal(_PURPOSE, bytes(row.sealed_content), bound_to=row.pool_id)
    content = dict(zip(_SEALED, json.loads(sealed), strict=True))
    return {
        "id": row.pk,
        "at": row.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "medium": row.medium,
        "destination": content["destination"],
        "username": row.username,
        "code": content["code"],
        "purpose": row.purpose,
        "text": content["text"],
    }
