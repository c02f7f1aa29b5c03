"""A pool's token-signing side for tests of belief: its own keys, honest and dishonest tokens."""

import base64
import json
import time
from dataclasses import dataclass, field
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from flows.cognito.outcome import Tokens


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Issuer:
    """``claims()`` are what an honest pool would sign; tests change them."""

    issuer: str
    client_id: str
    sub: str = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"
    keys: dict[str, rsa.RSAPrivateKey] = field(default_factory=lambda: {"id-key": _key(), "access-key": _key()})
    use: str | None = "sig"

    def jwks(self) -> bytes:
        entries = []
        for kid, key in self.keys.items():
            entry = json.loads(RSAAlgorithm.to_jwk(key.public_key())) | {"kid": kid, "alg": "RS256"}
            entry.pop("key_ops", None)
            entries.append(entry | ({"use": self.use} if self.use else {}))
        return json.dumps({"keys": entries}).encode()

    def claims(self, use: str, **changed: Any) -> dict[str, Any]:
        now = int(time.time())
        common = {
            "sub": self.sub,
            "iss": self.issuer,
            "iat": now,
            "auth_time": now,
            "exp": now + 3600,
            "token_use": use,
        }
        own = {"aud": self.client_id, "cognito:username": "alice"} if use == "id" else {"client_id": self.client_id}
        return {name: value for name, value in (common | own | changed).items() if value is not ...}

    def sign(self, use: str, *, headers: dict[str, Any] | None = None, **changed: Any) -> str:
        """A token; ``claim=...`` (the ellipsis) leaves that claim out."""
        kid = f"{use}-key"
        return jwt.encode(self.claims(use, **changed), self.keys[kid], "RS256", headers={"kid": kid} | (headers or {}))

    def tokens(self, **replaced: str) -> Tokens:
        made = {"id_token": self.sign("id"), "access_token": self.sign("access"), "refresh_token": "r"} | replaced
        return Tokens(**made, expires_in=3600)


def forge(header: dict[str, Any], claims: dict[str, Any] | bytes, signature: bytes = b"") -> str:
    """A token of any header and body at all."""
    body = claims if isinstance(claims, bytes) else json.dumps(claims).encode()
    parts = (json.dumps(header).encode(), body, signature)
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)
