"""The RSA keys of a pool: one pair signs ID tokens, another access tokens, as on AWS. Made per pool, never shipped."""

import base64
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicNumbers
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from flows.pool import sealing
from flows.pool.models import SigningKey, UserPool
from flows.pool.tools import Tools

TokenUse = Literal["id", "access"]
_PURPOSE = "signing key"


def make_signing_keys(pool: UserPool, *, tools: Tools) -> None:
    """Give a pool its two pairs. Also rotates: older pairs are retired and go on verifying."""
    now = tools.now()
    _signing_key.cache_clear()
    pool.signing_keys.filter(retired_at=None).update(retired_at=now)
    for token_use in ("id", "access"):
        private = tools.rsa_key()
        kid = base64.b64encode(tools.token_bytes(32)).decode()  # 44 characters that end in "=", as live ones do
        der = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        SigningKey.objects.create(
            pool=pool,
            token_use=token_use,
            kid=kid,
            sealed_private_key=sealing.seal(_PURPOSE, der, bound_to=kid),
            public_jwk=_public_jwk(kid, private.public_key().public_numbers()),
            created_at=now,
        )


def jwks(pool: UserPool) -> dict[str, Any]:
    """The JSON Web Key Set of a pool, retired keys included."""
    return {"keys": [key.public_jwk for key in pool.signing_keys.order_by("retired_at", "id")]}


def signing_key(pool_id: str, token_use: TokenUse, *, now: datetime) -> tuple[str, RSAPrivateKey]:
    """The kid and private key that sign now. Another process may go on with a retired key for a minute, which still
    verifies: unsealing a key costs more than a signature, so it is kept for that long."""
    return _signing_key(pool_id, token_use, int(now.timestamp()) // 60)


@lru_cache(maxsize=64)
def _signing_key(pool_id: str, token_use: TokenUse, minute: int) -> tuple[str, RSAPrivateKey]:
    key = SigningKey.objects.get(pool=pool_id, token_use=token_use, retired_at=None)
    sealed = sealing.unseal(_PURPOSE, key.sealed_private_key, bound_to=key.kid)
    # Whether the numbers fit each other is not looked at again, which takes 40 ms: the seal says that they are ours.
    private = load_der_private_key(sealed, password=None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(private, RSAPrivateKey):
        raise TypeError("A signing key must be RSA.")
    return key.kid, private


def _public_jwk(kid: str, numbers: RSAPublicNumbers) -> dict[str, str]:
    def base64url(number: int) -> str:
        data = number.to_bytes((number.bit_length() + 7) // 8, "big")
        return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

    return {
        "alg": "RS256",
        "e": base64url(numbers.e),
        "kid": kid,
        "kty": "RSA",
        "n": base64url(numbers.n),
        "use": "sig",
    }
