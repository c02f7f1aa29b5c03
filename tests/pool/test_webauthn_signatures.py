"""Signatures, bent as the vectors of project Wycheproof are (ecdsa_secp256r1_sha256, rsa_signature_2048_sha256).

Made here by class; the vectors themselves are not in this repository.
"""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.authenticator import (
    RS256,
    decode,
    encode,
)
from tests.pool.conftest import World
from tests.pool.passkeys import NOT_ACCEPTED, Victim, with_passkey

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
many = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def victim(world: World) -> Victim:
    return Victim.of(world)


def der(r: bytes, s: bytes) -> bytes:
    body = b"".join(b"\x02" + bytes([len(each)]) + each for each in (r, s))
    return b"\x30" + bytes([len(body)]) + body


def integer(number: int) -> bytes:
    """DER's shortest form of a number that is not negative."""
    return number.to_bytes(number.bit_length() // 8 + 1, "big")


BENT_ECDSA: dict[str, Callable[[int, int], bytes]] = {
    "trailing byte": lambda r, s: der(integer(r), integer(s)) + b"\0",
    "trailing inside": lambda r, s: (
        b"\x30" + bytes([len(der(integer(r), integer(s)))]) + der(integer(r), integer(s))[2:] + b"\x05\0"
    ),
    "r = 0": lambda r, s: der(b"\0", integer(s)),
    "s = 0": lambda r, s: der(integer(r), b"\0"),
    "r = s = 0": lambda r, s: der(b"\0", b"\0"),
    "r = s = 1": lambda r, s: der(b"\x01", b"\x01"),
    "r = n": lambda r, s: der(integer(P256_ORDER), integer(s)),
    "s = n": lambda r, s: der(integer(r), integer(P256_ORDER)),
    "r + n": lambda r, s: der(integer(r + P256_ORDER), integer(s)),
    "s + n": lambda r, s: der(integer(r), integer(s + P256_ORDER)),
    "r - n": lambda r, s: der((r - P256_ORDER).to_bytes(33, "big", signed=True), integer(s)),
    "-r": lambda r, s: der((-r).to_bytes(33, "big", signed=True), integer(s)),
    "r and s swapped": lambda r, s: der(integer(s), integer(r)),
    "leading zero of r": lambda r, s: der(b"\0" + integer(r), integer(s)),
    "long form of a length": lambda r, s: b"\x30\x81" + der(integer(r), integer(s))[1:],
    "indefinite length": lambda r, s: b"\x30\x80" + der(integer(r), integer(s))[2:] + b"\0\0",
    "another tag": lambda r, s: b"\x31" + der(integer(r), integer(s))[1:],
    "no s": lambda r, s: b"\x30" + bytes([len(integer(r)) + 2]) + b"\x02" + bytes([len(integer(r))]) + integer(r),
    "cut": lambda r, s: der(integer(r), integer(s))[:-1],
    "raw r and s": lambda r, s: r.to_bytes(32, "big") + s.to_bytes(32, "big"),
    "a null": lambda r, s: b"\x05\0",
    "one byte": lambda r, s: b"\x30",
}


def test_t104_ecdsa_signatures_that_wycheproof_calls_invalid(victim: Victim) -> None:
    sign = victim.phone.passkeys[0].sign
    for name, bend in BENT_ECDSA.items():
        refused = victim.signing_in(signature=lambda message, bend=bend: bend(*decode_dss_signature(sign(message))))
        assert refused == NOT_ACCEPTED, name
    assert victim.signs_in()


def test_t104_a_high_s_is_valid(victim: Victim) -> None:
    """For ECDSA as FIPS 186-5 has it, and in those vectors; refusing it is Bitcoin's rule."""
    sign = victim.phone.passkeys[0].sign

    def high(message: bytes) -> bytes:
        r, s = decode_dss_signature(sign(message))
        return der(integer(r), integer(max(s, P256_ORDER - s)))

    assert victim.signs_in(signature=high)


@pytest.mark.parametrize("algorithm", [hashes.SHA1(), hashes.SHA384()], ids=["1", "384"])  # noqa: S303
def test_t104_ecdsa_over_another_hash(victim: Victim, algorithm: hashes.HashAlgorithm) -> None:
    key = victim.phone.passkeys[0].key
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    assert victim.signing_in(signature=lambda message: key.sign(message, ec.ECDSA(algorithm))) == NOT_ACCEPTED


def test_t104_a_signature_of_something_else(victim: Victim) -> None:
    sign = victim.phone.passkeys[0].sign
    assert victim.signing_in(signature=lambda message: sign(message[:-32])) == NOT_ACCEPTED
    assert victim.signing_in(signature=lambda message: sign(hashlib.sha256(message).digest())) == NOT_ACCEPTED
    assert victim.signing_in(signature=new_signature) == NOT_ACCEPTED


def new_signature(message: bytes) -> bytes:
    """By a key that nobody has registered."""
    return ec.generate_private_key(ec.SECP256R1()).sign(message, ec.ECDSA(hashes.SHA256()))


BENT_RSA: dict[str, Callable[[rsa.RSAPrivateKey, bytes], bytes]] = {
    "PSS": lambda key, message: key.sign(message, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256()),
    "SHA-1": lambda key, message: key.sign(message, padding.PKCS1v15(), hashes.SHA1()),  # noqa: S303
    "SHA-512": lambda key, message: key.sign(message, padding.PKCS1v15(), hashes.SHA512()),
    "leading zero": lambda key, message: b"\0" + key.sign(message, padding.PKCS1v15(), hashes.SHA256()),
    "trailing zero": lambda key, message: key.sign(message, padding.PKCS1v15(), hashes.SHA256()) + b"\0",
    "cut": lambda key, message: key.sign(message, padding.PKCS1v15(), hashes.SHA256())[:-1],
    "plus n": lambda key, message: (
        int.from_bytes(key.sign(message, padding.PKCS1v15(), hashes.SHA256()), "big")
        + key.public_key().public_numbers().n
    ).to_bytes(257, "big"),
    "zero": lambda key, message: bytes(256),
    "one": lambda key, message: bytes(255) + b"\x01",
}


def test_t104_rsa_signatures_that_wycheproof_calls_invalid(victim: Victim) -> None:
    victim.phone = with_passkey(victim.world, algorithm=RS256)
    key = victim.phone.passkeys[0].key
    assert isinstance(key, rsa.RSAPrivateKey)
    for name, bend in BENT_RSA.items():
        refused = victim.signing_in(signature=lambda message, bend=bend: bend(key, message))
        assert refused == NOT_ACCEPTED, name
    assert victim.signs_in()


@many
@given(data=st.data())
def test_t104_any_bit_of_a_signature_or_of_what_is_signed(victim: Victim, data: st.DataObject) -> None:
    member = data.draw(st.sampled_from(["signature", "authenticatorData", "clientDataJSON"]))

    def bend(said: dict[str, Any]) -> dict[str, Any]:
        raw = bytearray(decode(said["response"][member]))
        raw[data.draw(st.integers(0, 2**16)) % len(raw)] ^= 1 << data.draw(st.integers(0, 7))
        said["response"][member] = encode(bytes(raw))
        return said

    assert victim.signing_in(bend) == NOT_ACCEPTED
