"""SRP-6a as Cognito does it, the server's side. Pure arithmetic: no state, no I/O.

RFC 5054 names throughout. The group is RFC 3526's 3072-bit prime with g = 2. Two things differ from the RFC: numbers
are hashed in the shortest signed form ("padHex" in every client) instead of at fixed width, and the key comes from
HKDF with the info text "Caldera Derived Key". tests/vectors/srp-vectors.json holds numbers that three clients agree on.
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import gmpy2

N = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
    "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7"
    "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C"
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
    16,
)
G = 2
SALT_BYTES = 16
SECRET_BYTES = 32  # of b: RFC 5054 section 3.1 asks for at least 256 bits


def signed(number: int) -> bytes:
    """The shortest big-endian two's complement of a number >= 0, which is what every client hashes."""
    return number.to_bytes(number.bit_length() // 8 + 1, "big")


def _hash(*parts: bytes) -> int:
    return int.from_bytes(hashlib.sha256(b"".join(parts)).digest(), "big")


K = _hash(signed(N), signed(G))


@dataclass(frozen=True, slots=True)
class ServerKey:
    """The server's ephemeral pair: ``b`` is secret, ``B`` goes to the client."""

    b: int = field(repr=False)
    B: int


def power(base: int, exponent: int) -> int:
    """base^exponent mod N in time that does not depend on the (secret) exponent."""
    return int(gmpy2.powmod_sec(base, exponent, N))


def verifier(identity: str, password: str, salt: bytes) -> int:
    """v = g^x. ``identity`` is pool name + USER_ID_FOR_SRP, or DeviceGroupKey + DeviceKey for a device.

    The password is hashed as its UTF-8 bytes, exactly as given: no client normalises.
    """
    inner = hashlib.sha256(f"{identity}:{password}".encode()).digest()
    return power(G, _hash(signed(int.from_bytes(salt, "big")), inner))


def server_key(v: int, secret: bytes) -> ServerKey:
    """b from random bytes (SECRET_BYTES of them) and B = k v + g^b."""
    b = int.from_bytes(secret, "big") | 1  # never zero
    return ServerKey(b, (K * v + _power_of_g(b)) % N)


def _power_of_g(b: int) -> int:
    """g^b for an ephemeral b: one multiplication a byte, by a table, in a tenth of the time that ``power`` takes.

    Which entries are read depends on b. Whoever can watch this machine's cache so closely would have to learn all of
    b from one run, as b is used once; a password's x, which comes again at every sign-in, goes through ``power``.
    """
    product = gmpy2.mpz(1)
    for row, digit in zip(_powers_of_g(), b.to_bytes(SECRET_BYTES, "little"), strict=True):
        product = product * row[digit] % N
    return int(product)


@cache
def _powers_of_g() -> list[list[Any]]:
    """g^(digit * 256^row) for each byte of b: 3 MB, made in 30 ms."""
    rows, base = [], gmpy2.mpz(G)
    for _ in range(SECRET_BYTES):
        row = [gmpy2.mpz(1)]
        for _ in range(255):
            row.append(row[-1] * base % N)
        rows.append(row)
        base = row[-1] * base % N
    return rows


def session_key(*, A: int, v: int, key: ServerKey) -> bytes | None:  # noqa: N803 - RFC 5054 calls it A
    """The 16-byte key that both sides share, or None when u = 0 (the RFC's abort)."""
    u = _hash(signed(A), signed(key.B))
    if u == 0:
        return None
    secret = power(A * int(gmpy2.powmod(v, u, N)) % N, key.b)  # u is public, so plain powmod may have it
    extracted = hmac.digest(signed(u), signed(secret), "sha256")
    return hmac.digest(extracted, b"Caldera Derived Key\x01", "sha256")[:16]


def signature(key: bytes, *, identity_parts: tuple[str, str], secret_block: bytes, timestamp: str) -> bytes:
    """PASSWORD_CLAIM_SIGNATURE: HMAC over pool name, user id, the decoded block and the timestamp as sent."""
    message = identity_parts[0].encode() + identity_parts[1].encode() + secret_block + timestamp.encode()
    return hmac.digest(key, message, "sha256")


def to_hex(number: int) -> str:
    """Lower-case hex without leading zeros: how SRP_A, SRP_B and SALT travel.

    SALT must be minimal, because JavaScript clients parse it to a number and pycognito keeps the text.
    """
    return format(number, "x")
