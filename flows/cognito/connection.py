"""Which pool and client the portal signs people in to, and how it gets there.

The embedded pool and a real one answer the same question through the dotted path ``settings.COGNITO_CONNECTION``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from flows.cognito.errors import NO_POOL, CognitoError


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """Everything that is fixed about the pool. ``endpoint_url=None`` means Amazon's own for the region."""

    user_pool_id: str
    client_id: str
    client_secret: str | None = field(default=None, repr=False)
    region: str
    endpoint_url: str | None = None
    issuer: str
    jwks_uri: str
    aws_access_key_id: str | None = field(default=None, repr=False)
    aws_secret_access_key: str | None = field(default=None, repr=False)

    @property
    def pool_name(self) -> str:
        """The part of the pool id after the underscore: SRP hashes it."""
        return self.user_pool_id.partition("_")[2]


def current() -> Connection:
    """The connection as it is now. Never cached: ``manage.py demo --reset`` replaces pool and client under us.

    Raises CognitoError when there is none, for example because the demo pool was deleted.
    """
    source: Callable[[], Mapping[str, Any]] = import_string(settings.COGNITO_CONNECTION)
    try:
        return Connection(**source())
    except ImproperlyConfigured as error:
        raise CognitoError(NO_POOL, "connection", message=str(error)) from error


def from_settings() -> dict[str, Any]:
    """A real pool, from ``COGNITO_USER_POOL_ID`` and its neighbours; the issuer rule is Cognito's own."""
    pool_id, client_id = settings.COGNITO_USER_POOL_ID, settings.COGNITO_CLIENT_ID
    if not pool_id or not client_id:
        raise ImproperlyConfigured("Set COGNITO_USER_POOL_ID and COGNITO_CLIENT_ID.")
    region = pool_id.partition("_")[0]
    endpoint = settings.COGNITO_ENDPOINT_URL.rstrip("/") or None
    domain = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
    issuer = f"{endpoint or f'https://cognito-idp.{region}.{domain}'}/{pool_id}"
    return {
        "user_pool_id": pool_id,
        "client_id": client_id,
        "client_secret": settings.COGNITO_CLIENT_SECRET or None,
        "region": region,
        "endpoint_url": endpoint,
        "issuer": issuer,
        "jwks_uri": f"{issuer}/.well-known/jwks.json",
        "aws_access_key_id": None,  # boto3 looks them up itself: environment, profile, instance role
        "aws_secret_access_key": None,
    }
