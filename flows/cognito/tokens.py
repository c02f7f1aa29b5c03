"""Belief in tokens: the checks of the developer guide's "Verifying JSON web tokens", with PyJWT (RFC 8725).

Written apart from ``flows.pool.issuing.tokens``, which signs, so that a test of one is not a test of itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import jwt

from flows.cognito import jwks
from flows.cognito.connection import Connection, current
from flows.cognito.errors import BAD_TOKEN, CognitoError
from flows.cognito.outcome import Tokens

LEEWAY_SECONDS = 60  # two clocks may differ by so much, no more
_ALGORITHMS = ["RS256"]  # fixed: what a header says about itself decides nothing
_REQUIRED = ["sub", "iss", "iat", "exp", "token_use"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What both tokens say, verified and about one person."""

    identity: Mapping[str, Any] = field(repr=False)
    access: Mapping[str, Any] = field(repr=False)

    @property
    def sub(self) -> str:
        return str(self.identity["sub"])

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(str(name) for name in self.identity.get("cognito:groups", ()))


def verify(tokens: Tokens) -> Claims:
    """Check signature, issuer, audience or client, use and times of both tokens. Raises ``CognitoError``."""
    connection = current()
    claims = Claims(
        identity=_verified(tokens.id_token, "id", connection),
        access=_verified(tokens.access_token, "access", connection),
    )
    if claims.access["sub"] != claims.sub:
        raise CognitoError(BAD_TOKEN, "id", message="the tokens are about two people")
    return claims


def claims_of(token: str) -> Mapping[str, Any]:
    """The claims of a token that ``verify`` has passed before; for showing, not for believing."""
    claims: Mapping[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return claims


def _verified(token: str, use: Literal["id", "access"], connection: Connection) -> Mapping[str, Any]:
    try:
        key = jwks.keys(connection.jwks_uri).get(_kid(token))
        claims: Mapping[str, Any] = jwt.decode(
            token,
            key,
            algorithms=_ALGORITHMS,
            issuer=connection.issuer,
            audience=connection.client_id if use == "id" else None,
            leeway=LEEWAY_SECONDS,
            options={"require": _REQUIRED, "verify_aud": use == "id"},
        )
    except jwt.PyJWTError as error:
        raise CognitoError(BAD_TOKEN, use, message=type(error).__name__) from None
    if claims["token_use"] != use:
        raise CognitoError(BAD_TOKEN, use, message="token_use")
    if use == "access" and claims.get("client_id") != connection.client_id:
        raise CognitoError(BAD_TOKEN, use, message="client_id")
    return claims


def _kid(token: str) -> str:
    header = jwt.get_unverified_header(token)
    if header.get("alg") not in _ALGORITHMS:  # before any key is looked for (T074: no outbound request)
        raise jwt.InvalidAlgorithmError
    return str(header.get("kid", ""))
