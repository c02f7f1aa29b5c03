"""The portal pointed at a pool of a test's own (settings.COGNITO_CONNECTION names ``connection``)."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from tests.pools import App, Pool

CONNECTION = "tests.flows.portal.connection"
_now: dict[str, Any] = {}


def connection() -> dict[str, Any]:
    """What the portal asks for."""
    return dict(_now)


@dataclass(frozen=True, slots=True)
class Portal:
    """A pool, and which of its app clients the portal is."""

    pool: Pool
    app: App

    def use(self, app: App) -> "Portal":
        """Be another app client from now on."""
        _now.update(
            user_pool_id=self.pool.pool_id,
            client_id=app.client_id,
            client_secret=app.client_secret,
            region=settings.POOL_REGION,
            endpoint_url=self.pool.endpoint,
            issuer=self.pool.issuer,
            jwks_uri=f"{self.pool.issuer}/.well-known/jwks.json",
            aws_access_key_id=settings.POOL_ACCESS_KEY_ID,
            aws_secret_access_key=settings.POOL_SECRET_ACCESS_KEY,
        )
        return Portal(self.pool, app)
