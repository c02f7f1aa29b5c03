"""The client's side of SRP for a load generator, which must not take the server's cores.

A real client computes three powers a sign-in. Two of them have the base g = 2, for which a table is made once; A is
the same for every sign-in, which no server can tell. One power remains.
"""

import base64
import hashlib
import hmac
import secrets
from functools import cache
from typing import Any

import gmpy2

from flows.pool.proofs.srp import N, signed, to_hex

_G = 2
_WINDOW = 8  # bits
_N = gmpy2.mpz(N)
_K = int.from_bytes(hashlib.sha256(signed(N) + signed(_G)).digest(), "big")
TIMESTAMP = "Tue Mar 5 07:08:09 UTC 2024"  # signed and sent; any will do


@cache
def _table() -> list[list[Any]]:
    """g^(digit * 2^(8 row)) for each digit of each byte of a 256-bit exponent."""
    rows, base = [], gmpy2.mpz(_G)
    for _ in range(256 // _WINDOW):
        row = [gmpy2.mpz(1)]
        for _ in range(2**_WINDOW - 1):
            row.append(row[-1] * base % _N)
        rows.append(row)
        base = row[-1] * base % _N
    return rows


def _power_of_g(exponent: int) -> Any:
    """g^exponent mod N for 256 bits: 31 multiplications instead of 256 squarings."""
    result = gmpy2.mpz(1)
    for row, digit in zip(_table(), exponent.to_bytes(32, "little"), strict=True):
        result = result * row[digit] % _N
    return result


_a = secrets.randbits(256)
_A = int(_power_of_g(_a))
PUBLIC_VALUE = to_hex(_A)


def responses(challenge: dict[str, str], *, pool_id: str, password: str) -> dict[str, str]:
    """ChallengeResponses for the ChallengeParameters of PASSWORD_VERIFIER."""
    user, pool = challenge["USER_ID_FOR_SRP"], pool_id.partition("_")[2]
    salt, public = signed(int(challenge["SALT"], 16)), int(challenge["SRP_B"], 16)
    x = _hash(salt, hashlib.sha256(f"{pool}{user}:{password}".encode()).digest())
    u = _hash(signed(_A), signed(public))
    shared = int(gmpy2.powmod(public - _K * _power_of_g(x), _a + u * x, _N))
    extracted = hmac.digest(signed(u), signed(shared), "sha256")
    key = hmac.digest(extracted, b"Caldera Derived Key\x01", "sha256")[:16]
    message = pool.encode() + user.encode() + base64.b64decode(challenge["SECRET_BLOCK"]) + TIMESTAMP.encode()
    return {
        "USERNAME": user,
        "PASSWORD_CLAIM_SECRET_BLOCK": challenge["SECRET_BLOCK"],
        "PASSWORD_CLAIM_SIGNATURE": base64.b64encode(hmac.digest(key, message, "sha256")).decode(),
        "TIMESTAMP": TIMESTAMP,
    }


def _hash(*parts: bytes) -> int:
    return int.from_bytes(hashlib.sha256(b"".join(parts)).digest(), "big")
