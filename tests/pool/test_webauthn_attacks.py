"""Ceremonies of the wrong place, flag, key or attestation (WebAuthn Level 3, section 7), each with its own refusal."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from tests.authenticator import ES256, RS256, Authenticator, cbor, cose, decode, encode, new_key
from tests.pool.conftest import World
from tests.pool.passkeys import NOT_ACCEPTED, Victim, listed, start

NOT_SUPPORTED = "WebAuthnCredentialNotSupportedException"
ORIGIN = "WebAuthnOriginNotAllowedException"
RELYING_PARTY = "WebAuthnRelyingPartyMismatchException"
CHALLENGE = "WebAuthnChallengeNotFoundException"
MALFORMED = "InvalidParameterException"


@pytest.fixture
def victim(world: World) -> Victim:
    return Victim.of(world)


# -- Where it was made
@pytest.mark.parametrize("bent", [{"crossOrigin": True}, {"topOrigin": "https://frame.example"}])
def test_t092_a_page_inside_another_one(victim: Victim, bent: dict[str, Any]) -> None:
    assert victim.registering(client_data=bent) == ORIGIN
    assert victim.signing_in(client_data=bent) == NOT_ACCEPTED


def test_t091_origins_that_are_not_the_relying_partys(victim: Victim) -> None:
    for origin in [
        "https://localhost.example.com",
        "https://notlocalhost",
        "https://user@localhost",
        "https://LOCALHOST",
        "https://localhost.",
        "https://localhost/",
        "https://localhost:0443",
        "https://localhost:443\n",
        "ftp://localhost",
        "localhost",
        "//localhost",
        "null",
        "",
        "https://l\u00f6calhost",
        "https://[::1]",
        "android:apk-key-hash:AAAA",
    ]:
        assert victim.registering(client_data={"origin": origin}) == ORIGIN, origin
        assert victim.signing_in(client_data={"origin": origin}) == NOT_ACCEPTED, origin


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("https://example.com", True),
        ("https://login.example.com", True),
        ("https://a.b.example.com", True),
        ("http://example.com", False),
        ("https://example.com:8443", False),
        ("https://login.example.com:444", False),
        ("https://example.com.evil.test", False),
        ("https://evilexample.com", False),
        ("https://com", False),
        ("http://localhost:8000", False),
    ],
)
def test_t091_a_domain_is_reached_by_https_on_its_usual_port(victim: Victim, origin: str, allowed: bool) -> None:
    from_pool = {"RelyingPartyId": "example.com"}
    victim.world("SetUserPoolMfaConfig", UserPoolId=victim.world.pool_id, WebAuthnConfiguration=from_pool)
    if allowed:
        victim.registers(client_data={"origin": origin})
    else:
        assert victim.registering(client_data={"origin": origin}) == ORIGIN


def test_t091_the_sites_own_address_may_name_a_port(victim: Victim, settings: Any) -> None:
    settings.SITE_URL = "https://login.example.com:8443/"
    from_pool = {"RelyingPartyId": "example.com"}
    victim.world("SetUserPoolMfaConfig", UserPoolId=victim.world.pool_id, WebAuthnConfiguration=from_pool)
    victim.registers(client_data={"origin": "https://login.example.com:8443"})
    assert victim.registering(client_data={"origin": "https://login.example.com:8444"}) == ORIGIN


def test_t091_another_relying_partys_hash(victim: Victim) -> None:
    assert victim.registering(rp_id="example.com") == RELYING_PARTY
    assert victim.signing_in(rp_id="example.com") == NOT_ACCEPTED


def test_the_type_is_the_other_ceremonys(victim: Victim) -> None:
    assert victim.registering(client_data={"type": "webauthn.get"}) == MALFORMED
    assert victim.signing_in(client_data={"type": "webauthn.create"}) == NOT_ACCEPTED


def test_a_challenge_of_ones_own_making(victim: Victim) -> None:
    assert victim.registering(client_data={"challenge": encode(bytes(16))}) == CHALLENGE
    assert victim.signing_in(client_data={"challenge": encode(bytes(16))}) == NOT_ACCEPTED


@pytest.mark.parametrize("flags", [0x04, 0x15], ids=["no UP", "BS without BE"])
def test_t097_flags_of_a_registration(victim: Victim, flags: int) -> None:
    assert victim.registering(flags=flags) == NOT_SUPPORTED


# -- Credential ids
@pytest.mark.parametrize("length", [1, 15, 1024, 4000])
def test_t099_a_credential_id_too_short_or_too_long(victim: Victim, length: int) -> None:
    assert victim.registering(credential_id=bytes(range(256))[:1] * length) == NOT_SUPPORTED


@pytest.mark.parametrize("length", [16, 1023])
def test_t099_the_shortest_and_the_longest_credential_id(victim: Victim, length: int) -> None:
    victim.registers(credential_id=b"\x07" * length)
    assert len(listed(victim.world, victim.token)) == 2


def test_t099_a_credential_id_that_is_taken_or_empty_or_another_one(victim: Victim) -> None:
    assert victim.registering(credential_id=victim.phone.passkeys[0].id) == MALFORMED
    assert victim.registering(credential_id=b"") == MALFORMED
    made = Authenticator().register(start(victim.world, victim.token))
    assert victim.completing(made | {"id": encode(bytes(20)), "rawId": encode(bytes(20))}) == MALFORMED
    assert victim.completing(made | {"rawId": encode(bytes(20))}) == MALFORMED


# -- Keys
P256 = cose(new_key(ES256))
RSA = cose(new_key(RS256))


def rsa_key(bits: int, exponent: int = 65537) -> dict[int, Any]:
    return RSA | {-1: (1 << bits - 1 | 1).to_bytes(bits // 8, "big"), -2: exponent.to_bytes(4, "big").lstrip(b"\0")}


def test_t100_keys_that_were_not_asked_for_or_are_none(victim: Victim) -> None:
    for key in [
        {1: 1, 3: -8, -1: 6, -2: bytes(range(32))},
        {1: 2, 3: -35, -1: 2, -2: bytes(48), -3: bytes(48)},
        {1: 2, 3: -47, -1: 8, -2: P256[-2], -3: P256[-3]},
        {1: 3, 3: -37, -1: RSA[-1], -2: RSA[-2]},
        {1: 3, 3: -65535, -1: RSA[-1], -2: RSA[-2]},
        P256 | {-3: bytes(32)},
        P256 | {-2: b"\xff" * 32},
        P256 | {-2: bytes(32), -3: bytes(32)},
        P256 | {-2: b"\0" + P256[-2]},
        P256 | {-3: True},
        P256 | {-1: 2},
        P256 | {1: 3},
        P256 | {4: [2]},
        P256 | {3: RS256},
        {1: 2, 3: -7, -1: 1, -2: P256[-2]},
        RSA | {3: ES256},
        RSA | {1: 2},
        RSA | {-1: "text"},
        rsa_key(1024),
        rsa_key(2040),
        rsa_key(9000),
        rsa_key(2048, 1),
        rsa_key(2048, 3),
        rsa_key(2048, 65536),
        RSA | {-1: RSA[-1][:-1] + b"\0"},
        RSA | {-2: b"\x01" + bytes(40) + b"\x01"},
    ]:
        assert victim.registering(cose_key=key) == NOT_SUPPORTED, key


@pytest.mark.parametrize("key", [{1: 2}, {3: 0}, {}, {3: "ES256", 1: 2}])
def test_t100_keys_without_an_algorithm(victim: Victim, key: dict[int, Any]) -> None:
    assert victim.registering(cose_key=cbor(key)) in (NOT_SUPPORTED, MALFORMED)


# -- Attestation
def test_t103_none_says_nothing(victim: Victim) -> None:
    assert victim.registering(statement={"sig": b"x"}) == NOT_SUPPORTED


@pytest.mark.parametrize("fmt", ["fancy", "", "packed", "fido-u2f", "tpm", "apple", "android-key", "android-safetynet"])
@pytest.mark.parametrize(
    "statement", [{}, {"alg": -7, "sig": b"x", "x5c": [b"x"], "ver": "2.0", "response": b"x"}, {"alg": "x", "sig": 5}]
)
def test_t103_statements_that_prove_nothing(victim: Victim, fmt: str, statement: dict[str, Any]) -> None:
    assert victim.registering(fmt=fmt, statement=statement) == NOT_SUPPORTED


def test_t103_packed_must_be_signed_by_the_key_itself(victim: Victim) -> None:
    key, other = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())

    def signed_by(signer: ec.EllipticCurvePrivateKey, alg: int = ES256) -> Callable[[bytes], Mapping[str, Any]]:
        return lambda signed: {"alg": alg, "sig": signer.sign(signed, ec.ECDSA(hashes.SHA256()))}

    assert victim.registering(fmt="packed", key=key, statement=signed_by(other)) == NOT_SUPPORTED
    assert victim.registering(fmt="packed", key=key, statement=signed_by(key, RS256)) == NOT_SUPPORTED
    victim.registers(fmt="packed", key=key, statement=signed_by(key))


def test_t103_a_format_that_is_no_text(victim: Victim) -> None:
    made = Authenticator().register(start(victim.world, victim.token))
    data = decode(made["response"]["authenticatorData"])
    made["response"]["attestationObject"] = encode(cbor({"fmt": [], "attStmt": {}, "authData": data}))
    assert victim.completing(made) == NOT_SUPPORTED
    made["response"]["attestationObject"] = encode(cbor({"fmt": "none", "attStmt": [], "authData": data}))
    assert victim.completing(made) == NOT_SUPPORTED
