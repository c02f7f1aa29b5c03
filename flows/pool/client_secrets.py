"""The secrets of an app client: one, or two while it is being rotated."""

from flows.pool import clients
from flows.pool.models import AppClient, ClientSecret
from flows.pool.tools import Tools


def add(client: AppClient, secret: str, *, tools: Tools) -> ClientSecret:
    """Keep ``secret``, sealed, under an id of the form that AWS documents: ``<client-id>--<epoch-create-time>``."""
    now = tools.now()
    secret_id = f"{client.pk}--{int(now.timestamp() * 1000)}"
    return ClientSecret.objects.create(
        client=client, secret_id=secret_id, sealed_secret=clients.seal_secret(secret_id, secret), created_at=now
    )
