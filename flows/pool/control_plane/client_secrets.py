"""The secrets of an app client: one, or two while it is being rotated."""

from typing import Any

from flows.pool import clients
from flows.pool.errors.clients import client_is_public, last_secret, no_such_secret, too_many_secrets
from flows.pool.models import AppClient, ClientSecret
from flows.pool.tools import Tools

MOST = 2


def add(client: AppClient, secret: str, *, tools: Tools) -> ClientSecret:
    """Keep ``secret``, sealed, under an id of the form that AWS documents: ``<client-id>--<epoch-create-time>``."""
    now = tools.now()
    secret_id = f"{client.pk}--{int(now.timestamp() * 1000)}"
    while ClientSecret.objects.filter(secret_id=secret_id).exists():  # two in one millisecond
        secret_id = f"{secret_id}0"
    return ClientSecret.objects.create(
        client=client, secret_id=secret_id, sealed_secret=clients.seal_secret(secret_id, secret), created_at=now
    )


def require_room(client: AppClient) -> None:
    """Raise unless ``client`` has a secret and may have another. Holds the client until the transaction ends."""
    AppClient.objects.select_for_update().get(pk=client.pk)
    count = client.secrets.count()
    if not count:
        raise client_is_public(client.pk)
    if count >= MOST:
        raise too_many_secrets()


def remove(client: AppClient, secret_id: str) -> None:
    """End one secret; raises for one that is not the client's, and for its last."""
    AppClient.objects.select_for_update().get(pk=client.pk)
    found = client.secrets.filter(secret_id=secret_id)
    if not found.exists():
        raise no_such_secret(secret_id)
    if client.secrets.count() < MOST:
        raise last_secret()
    found.delete()


def describe(row: ClientSecret) -> dict[str, Any]:
    """ClientSecretDescriptorType without the value."""
    return {"ClientSecretId": row.secret_id, "ClientSecretCreateDate": row.created_at}
