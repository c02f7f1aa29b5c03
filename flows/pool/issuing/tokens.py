"""Issuing tokens: the only place where a sign-in or a refresh turns into ID, access and refresh tokens.

Claims as section 8.2 of the protocol notes (developer guide, "Understanding the ID/access token").
"""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

from flows.pool import identifiers, sealing
from flows.pool.device_tracking import devices
from flows.pool.device_tracking.devices import Binding
from flows.pool.directory import attributes, groups
from flows.pool.issuing import keys, refresh
from flows.pool.lambda_triggers import token_changes
from flows.pool.lambda_triggers.token_changes import SCOPE, TokenChanges
from flows.pool.models import AppClient, PoolUser, RefreshToken
from flows.pool.tools import Tools

_BOOLEANS = ("email_verified", "phone_number_verified")  # JSON booleans in the ID token, texts everywhere else


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Decided and stored, not yet signed. What is left to do needs no transaction, so none waits for it."""

    family: RefreshToken
    refresh_token: str | None = field(repr=False)
    tools: Tools
    new_device: bool = False
    changes: TokenChanges = token_changes.NONE

    def sign(self) -> dict[str, Any]:
        """AuthenticationResult."""
        client, user, now = self.family.client, self.family.user, self.tools.now()
        membership, roles = self.changes.groups_of(*groups.claims(user))
        both = self._claims(now) | membership
        access, identity = (refresh.lifetime_of(client, token) for token in ("AccessToken", "IdToken"))
        for_access = {"client_id": client.pk, "username": user.username, "scope": SCOPE, "exp": _after(now, access)}
        if self.family.device_key:
            for_access["device_key"] = self.family.device_key
        for_id = {"aud": client.pk, "cognito:username": user.username, "exp": _after(now, identity)}
        access_claims = self.changes.of_access(both | for_access)
        id_claims = self.changes.of_id(both | _attribute_claims(client, user) | roles | for_id)
        result = {
            "AccessToken": self._encode("access", access_claims, now),
            "ExpiresIn": int(access.total_seconds()),
            "IdToken": self._encode("id", id_claims, now),
            "TokenType": "Bearer",
        }
        if self.refresh_token is not None:
            result["RefreshToken"] = self.refresh_token
        if self.new_device:
            result["NewDeviceMetadata"] = devices.metadata(self.family.device_key)
        return result

    def _claims(self, now: datetime) -> dict[str, Any]:
        """What both tokens say."""
        family = self.family
        claims: dict[str, Any] = {
            "sub": str(family.user.sub),
            "iss": issuer(family.client.pool_id, tools=self.tools),
            "event_id": str(family.event_id),
            "auth_time": int(family.auth_time.timestamp()),
            "iat": int(now.timestamp()),
        }
        if refresh.is_revocable(family.client):
            claims["origin_jti"] = str(family.origin_jti)
        return claims

    def _encode(self, token_use: keys.TokenUse, claims: dict[str, Any], now: datetime) -> str:
        kid, private = keys.signing_key(self.family.client.pool_id, token_use, now=now)
        payload = claims | {"token_use": token_use, "jti": str(uuid.uuid4())}
        return jwt.encode(payload, private, algorithm="RS256", headers={"kid": kid, "typ": None})


def issue(client: AppClient, user: PoolUser, *, device: Binding, changes: TokenChanges, tools: Tools) -> Grant:
    """Tokens for a finished sign-in, given to ``device``: a new family."""
    now = tools.now()
    text, digest = new_refresh_token(tools)
    family = RefreshToken.objects.create(
        token_hash=digest,
        origin_jti=uuid.uuid4(),
        event_id=uuid.uuid4(),
        client=client,
        user=user,
        device_key=device.key,
        auth_time=now,
        created_at=now,
        expires_at=now + refresh.validity(client),
    )
    return Grant(family=family, refresh_token=text, tools=tools, new_device=device.is_new, changes=changes)


def renew(token: RefreshToken, *, changes: TokenChanges, tools: Tools, rotated: str | None = None) -> Grant:
    """Tokens for a refresh: the same family and auth_time; ``rotated`` is the new refresh token, if there is one."""
    return Grant(family=token, refresh_token=rotated, tools=tools, changes=changes)


def new_refresh_token(tools: Tools) -> tuple[str, bytes]:
    """A refresh token for the client (128 characters) and the keyed hash that is stored of it."""
    text = identifiers.opaque(128, tools=tools)
    return text, sealing.keyed_hash("refresh token", text.encode())


def issuer(pool_id: str, *, tools: Tools) -> str:
    return f"{tools.endpoint}/{pool_id}"


def _attribute_claims(client: AppClient, user: PoolUser) -> dict[str, Any]:
    claims: dict[str, Any] = attributes.readable(client, user.attributes)
    for name in _BOOLEANS:
        if name in claims:
            claims[name] = claims[name] == "true"
    return claims


def _after(now: datetime, lifetime: timedelta) -> int:
    return int((now.astimezone(UTC) + lifetime).timestamp())
