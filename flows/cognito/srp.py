"""The client's side of Cognito's SRP-6a, on the server: only for browsers without JavaScript.

Written from RFC 5054 and docs/protocol/srp.md, apart from ``flows.pool.proofs.srp``, so that one can test the other;
tests/vectors/srp-vectors.json holds both to aws-amplify, amazon-cognito-identity-js and pycognito.
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import gmpy2

from flows.cognito.errors import BAD_ANSWER, CognitoError

# RFC 3526 group 15 (3072 bits). Cognito takes g = 2 where RFC 5054 says 5.
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
_INFO = b"Caldera Derived Key\x01"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HEX = re.compile(r"[0-9A-Fa-f]{1,1024}", re.ASCII)  # stricter than int(), which takes signs, spaces and "_"


@dataclass(frozen=True, slots=True)
class Ephemeral:
    """One run's private exponent and public value; use once."""

    secret: int = field(repr=False)

    @property
    def public(self) -> int:
        return power(G, self.secret)

    @property
    def srp_a(self) -> str:
        """AuthParameters.SRP_A: plain lower-case hex."""
        return f"{self.public:x}"


def begin(*, token_bytes: Callable[[int], bytes] = secrets.token_bytes) -> Ephemeral:
    """A fresh ``a`` of 256 bits, the size that RFC 5054 section 3.1 asks for."""
    return Ephemeral(int.from_bytes(token_bytes(32), "big") | 1)


def claim(
    ephemeral: Ephemeral, *, password: str, pool_name: str, parameters: Mapping[str, str], now: datetime
) -> dict[str, str]:
    """The ChallengeResponses that prove ``password`` to a PASSWORD_VERIFIER challenge with these parameters.

    Raises ``CognitoError`` when the server's values are malformed or would give the password away (B = 0, u = 0).
    """
    salt, server = _number(parameters, "SALT"), _number(parameters, "SRP_B")
    user_id, block = parameters.get("USER_ID_FOR_SRP", ""), parameters.get("SECRET_BLOCK", "")
    stamp = timestamp(now)
    identity = password_hash(identity=pool_name + user_id, password=password, salt=salt)
    key = session_key(ephemeral, server=server, identity=identity)
    try:
        message = pool_name.encode() + user_id.encode() + base64.b64decode(block, validate=True) + stamp.encode()
    except binascii.Error:
        raise _refused("SECRET_BLOCK") from None
    signature = hmac.new(key, message, hashlib.sha256).digest()
    return {
        "PASSWORD_CLAIM_SECRET_BLOCK": block,
        "PASSWORD_CLAIM_SIGNATURE": base64.b64encode(signature).decode(),
        "TIMESTAMP": stamp,
    }


def password_hash(*, identity: str, password: str, salt: int) -> int:
    """x = H(P(salt) | H(identity ":" password)); nothing is normalised, as in every client."""
    inner = hashlib.sha256(f"{identity}:{password}".encode()).digest()
    return _hash(padded(salt) + inner)


def session_key(ephemeral: Ephemeral, *, server: int, identity: int) -> bytes:
    """The 16 bytes that sign the claim. ``server`` is B, ``identity`` is x. Raises ``CognitoError``."""
    if server % N == 0:
        raise _refused("SRP_B")
    scramble = _hash(padded(ephemeral.public) + padded(server))
    if scramble == 0:
        raise _refused("SRP_B")
    multiplier = _hash(padded(N) + bytes([G]))
    shared = power((server - multiplier * power(G, identity)) % N, ephemeral.secret + scramble * identity)
    extracted = hmac.new(padded(scramble), padded(shared), hashlib.sha256).digest()
    return hmac.new(extracted, _INFO, hashlib.sha256).digest()[:16]


def timestamp(now: datetime) -> str:
    """``Tue Mar 5 07:08:09 UTC 2024``: English whatever the locale, and the day without a leading zero."""
    at = now.astimezone(UTC)
    return f"{_DAYS[at.weekday()]} {_MONTHS[at.month - 1]} {at.day} {at:%H:%M:%S} UTC {at.year}"


def power(base: int, exponent: int) -> int:
    """Modular power in constant time: the exponents are secrets."""
    return int(gmpy2.powmod_sec(base, exponent, N))


def padded(number: int) -> bytes:
    """Minimal two's complement, big-endian: what Java's BigInteger.toByteArray gives and every client hashes."""
    return number.to_bytes(number.bit_length() // 8 + 1, "big")


def _hash(data: bytes) -> int:
    return int.from_bytes(hashlib.sha256(data).digest(), "big")


def _number(parameters: Mapping[str, str], name: str) -> int:
    text = parameters.get(name, "")
    if not _HEX.fullmatch(text):
        raise _refused(name)
    return int(text, 16)


def _refused(name: str) -> CognitoError:
    return CognitoError(BAD_ANSWER, "InitiateAuth", message=f"unusable {name}")
