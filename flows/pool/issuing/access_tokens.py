"""Checking the AccessToken that an operation is called with: one refusal for each thing that can be wrong with it."""

import uuid
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jwt

from flows.pool.errors.passwords import password_reset_required
from flows.pool.errors.sign_in import user_disabled
from flows.pool.errors.tokens import (
    access_token_expired,
    access_token_revoked,
    access_token_scopes,
    access_token_signature,
    invalid_access_token,
)
from flows.pool.errors.users import user_does_not_exist
from flows.pool.issuing import tokens
from flows.pool.lambda_triggers import token_changes
from flows.pool.models import AppClient, PoolUser, RefreshToken, SigningKey
from flows.pool.tools import Tools
from flows.terms import UserStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who is calling, through which app client."""

    user: PoolUser
    client: AppClient
    claims: dict[str, Any]


def verify(token: str, *, tools: Tools) -> Access:
    """Raises NotAuthorizedException (section 8.6 of the protocol notes) or UserNotFoundException."""
    pool_id, claims = _claims(token)
    if claims["iss"] != tokens.issuer(pool_id, tools=tools) or claims.get("token_use") != "access":
        raise invalid_access_token()
    if claims["exp"] <= tools.now().timestamp():
        raise access_token_expired()
    if token_changes.SCOPE not in str(claims.get("scope", "")).split():
        raise access_token_scopes()
    user = PoolUser.objects.select_related("pool").filter(pool=pool_id, sub=claims["sub"]).first()
    if user is None:
        raise user_does_not_exist()
    client = AppClient.objects.select_related("pool").filter(pk=claims["client_id"], pool=pool_id).first()
    if client is None:
        raise invalid_access_token()
    if not user.enabled:
        raise user_disabled()
    if user.status == UserStatus.RESET_REQUIRED:
        raise password_reset_required()
    family = RefreshToken.objects.filter(event_id=uuid.UUID(claims["event_id"])).first()
    if family is None or family.revoked_at is not None:
        raise access_token_revoked()
    return Access(user=user, client=client, claims=claims)


def _claims(token: str) -> tuple[str, dict[str, Any]]:
    """Pool id and claims of a token that one of our access keys signed. Times are checked by the caller's clock."""
    try:
        pool_id, key = _public_key(str(jwt.get_unverified_header(token).get("kid")))
    except (jwt.PyJWTError, SigningKey.DoesNotExist):
        raise invalid_access_token() from None
    try:
        claims = jwt.decode(
            token,
            key,
            algorithms=["RS256"],
            options={
                "require": ["exp", "iss", "sub", "client_id", "event_id"],
                "verify_exp": False,
                "verify_iat": False,
                "verify_aud": False,
            },
        )
    except jwt.InvalidSignatureError:
        raise access_token_signature() from None
    except jwt.PyJWTError:
        raise invalid_access_token() from None
    return pool_id, claims


@lru_cache(maxsize=64)
def _public_key(kid: str) -> tuple[str, jwt.PyJWK]:
    """Pool id and key. Raises for an unknown kid, so that a flood of made-up ones never fills the cache."""
    row = SigningKey.objects.get(kid=kid, token_use="access")
    return row.pool_id, jwt.PyJWK(row.public_jwk)
