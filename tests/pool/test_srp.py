"""The server's arithmetic against numbers that three independent clients agree on."""

import base64
import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pycognito.aws_srp import AWSSRP

from flows.pool.proofs import srp

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "srp-vectors.json").read_text())
BY_NAME = {vector["name"]: vector for vector in VECTORS["vectors"]}


def identity_of(vector: dict) -> tuple[str, str]:
    given = vector["inputs"]
    if vector["kind"] == "device":
        return given["DeviceGroupKey"], given["DeviceKey"]
    return given["poolName"], given["USER_ID_FOR_SRP"]


def verifier_of(vector: dict) -> int:
    given = vector["inputs"]
    salt = int(given["salt_int_hex"], 16).to_bytes(16, "big")
    return srp.verifier("".join(identity_of(vector)), given.get("password") or given["randomPassword"], salt)


def server_key_of(vector: dict) -> srp.ServerKey:
    b = int(vector["inputs"]["b_hex"], 16)
    return srp.ServerKey(b, (srp.K * verifier_of(vector) + srp.power(srp.G, b)) % srp.N)


def test_group() -> None:
    assert format(srp.N, "x") == VECTORS["group"]["N_hex"]
    assert format(srp.K, "x") == VECTORS["group"]["k_hex"]


@pytest.mark.parametrize("name", BY_NAME)
def test_vector(name: str) -> None:
    vector = BY_NAME[name]
    key = server_key_of(vector)
    assert srp.to_hex(verifier_of(vector)) == vector["intermediate"]["v_hex"]
    assert srp.to_hex(key.B) == vector["wire"]["SRP_B"]
    shared = srp.session_key(A=int(vector["wire"]["SRP_A"], 16), v=verifier_of(vector), key=key)
    assert shared is not None
    assert shared.hex() == vector["result"]["K_hex"]
    signature = srp.signature(
        shared,
        identity_parts=identity_of(vector),
        secret_block=base64.b64decode(vector["inputs"]["SECRET_BLOCK"]),
        timestamp=vector["inputs"]["TIMESTAMP"],
    )
    assert base64.b64encode(signature).decode() == vector["result"]["PASSWORD_CLAIM_SIGNATURE"]
    refused = vector.get("negative", {}).get("PASSWORD_CLAIM_SIGNATURE_must_be_rejected")
    assert base64.b64encode(signature).decode() != refused


@given(number=st.integers(min_value=0, max_value=1 << 3080))
def test_t010_shortest_signed_form(number: int) -> None:
    written = srp.signed(number)
    assert int.from_bytes(written, "big", signed=True) == number
    assert len(written) == 1 or int.from_bytes(written[1:], "big", signed=True) != number


@given(salt=st.binary(min_size=16, max_size=16), secret=st.binary(min_size=32, max_size=32), password=st.text())
@settings(max_examples=40, deadline=None)
def test_t010_pycognito_computes_the_same_key(salt: bytes, secret: bytes, password: str) -> None:
    """Salts and keys with leading zeros and top bits set, against a client that somebody else wrote."""
    password = password.encode("utf-8", "ignore").decode()
    client = AWSSRP(username="user", password=password, pool_id="us-east-1_Pool", client_id="c", client=object())
    v = srp.verifier("Pool" + "user", password, salt)
    key = srp.server_key(v, secret)
    on_the_wire = srp.to_hex(int.from_bytes(salt, "big"))
    theirs = client.get_password_authentication_key("user", password, key.B, on_the_wire)
    assert srp.session_key(A=client.large_a_value, v=v, key=key) == theirs


@pytest.mark.parametrize("secret", [b"\0" * 32, b"\xff" * 32, b"\0" * 31 + b"\1"])
def test_the_ephemeral_secret_is_never_zero(secret: bytes) -> None:
    assert srp.server_key(5, secret).b > 0


def test_t003_no_key_when_u_is_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    """u is a hash; that it is zero can only be staged."""
    monkeypatch.setattr(srp, "_hash", lambda *parts: 0)
    assert srp.session_key(A=2, v=3, key=srp.ServerKey(5, 7)) is None


@given(st.binary(min_size=srp.SECRET_BYTES, max_size=srp.SECRET_BYTES))
@settings(max_examples=40, deadline=None)
@example(b"\0" * srp.SECRET_BYTES)
@example(b"\xff" * srp.SECRET_BYTES)
def test_server_key_is_the_definition(secret: bytes) -> None:
    """B = k v + g^b, by Python's own arithmetic."""
    v = srp.verifier("poolalice", "Correct-Horse-9!", b"\1" * srp.SALT_BYTES)
    key = srp.server_key(v, secret)
    assert key.b == int.from_bytes(secret, "big") | 1
    assert (srp.K * v + pow(srp.G, key.b, srp.N)) % srp.N == key.B


@given(st.binary(min_size=32, max_size=32))
@example(b"\0" * 32)
@example(b"\xff" * 32)
def test_the_table_for_ephemeral_powers_agrees_with_plain_powers(secret: bytes) -> None:
    made = srp.server_key(v=1, secret=secret)
    assert (srp.K + pow(srp.G, made.b, srp.N)) % srp.N == made.B
