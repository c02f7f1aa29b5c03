"""The server-side half for browsers without JavaScript, held to three other clients by recorded vectors."""

import base64
import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from flows.cognito import srp
from flows.cognito.errors import BAD_ANSWER, CognitoError
from flows.cognito.secret_hash import secret_hash

HERE = Path(__file__).parents[1] / "vectors"
VECTORS = json.loads((HERE / "srp-vectors.json").read_text(encoding="utf-8"))
EDGES = json.loads((HERE / "srp-edge-cases.json").read_text(encoding="utf-8"))
USERS = [vector for vector in VECTORS["vectors"] if vector["kind"] == "user"]
BY_NAME = [pytest.param(vector, id=vector["name"]) for vector in USERS]


def parameters(vector: dict[str, Any]) -> dict[str, str]:
    return {
        "USER_ID_FOR_SRP": vector["inputs"]["USER_ID_FOR_SRP"],
        "SALT": vector["wire"]["SALT"],
        "SRP_B": vector["wire"]["SRP_B"],
        "SECRET_BLOCK": vector["inputs"]["SECRET_BLOCK"],
    }


def claim(vector: dict[str, Any], password: str, **changed: str) -> dict[str, str]:
    inputs = vector["inputs"]
    return srp.claim(
        srp.Ephemeral(int(inputs["a_hex"], 16)),
        password=password,
        pool_name=inputs["poolName"],
        parameters=parameters(vector) | changed,
        now=datetime.fromisoformat(inputs["timestamp_iso"]),
    )


@pytest.mark.parametrize("vector", BY_NAME)
def test_vectors(vector: dict[str, Any]) -> None:
    inputs, middle = vector["inputs"], vector["intermediate"]
    assert srp.Ephemeral(int(inputs["a_hex"], 16)).srp_a == vector["wire"]["SRP_A"]
    identity = srp.password_hash(
        identity=inputs["poolName"] + inputs["USER_ID_FOR_SRP"],
        password=inputs["password"],
        salt=int(vector["wire"]["SALT"], 16),
    )
    assert f"{identity:x}" == middle["x_hex"]
    proof = claim(vector, inputs["password"])
    assert proof == {
        "PASSWORD_CLAIM_SECRET_BLOCK": inputs["SECRET_BLOCK"],
        "PASSWORD_CLAIM_SIGNATURE": vector["result"]["PASSWORD_CLAIM_SIGNATURE"],
        "TIMESTAMP": inputs["TIMESTAMP"],
    }


@pytest.mark.parametrize("vector", BY_NAME)
def test_another_password_gives_another_signature(vector: dict[str, Any]) -> None:
    assert claim(vector, "another")["PASSWORD_CLAIM_SIGNATURE"] != vector["result"]["PASSWORD_CLAIM_SIGNATURE"]
    if negative := vector.get("negative"):
        signature = claim(vector, negative["wrong_password"])["PASSWORD_CLAIM_SIGNATURE"]
        assert signature == negative["PASSWORD_CLAIM_SIGNATURE_must_be_rejected"]


def test_t010_where_padding_matters() -> None:
    """Sign bytes and dropped zeros in every number; inputs derive from a seed as make_edge_cases.py says."""

    def derived(label: str, seed: int) -> bytes:
        return hashlib.sha512(f"{label} {seed}".encode()).digest()

    multiplier = int.from_bytes(hashlib.sha256(srp.padded(srp.N) + b"\x02").digest(), "big")
    assert f"{multiplier:x}" == VECTORS["group"]["k_hex"]
    name = EDGES["pool_id"].partition("_")[2]
    for case in EDGES["cases"]:
        seed = case["seed"]
        a, b = (int.from_bytes(derived(label, seed), "big") for label in "ab")
        salt = int.from_bytes(derived("salt", seed)[:16], "big")
        user_id, password = derived("user id", seed)[:16].hex(), derived("password", seed)[:12].hex()
        verifier = srp.power(2, srp.password_hash(identity=name + user_id, password=password, salt=salt))
        proof = srp.claim(
            srp.Ephemeral(a),
            password=password,
            pool_name=name,
            parameters={
                "USER_ID_FOR_SRP": user_id,
                "SALT": f"{salt:x}",
                "SRP_B": f"{(multiplier * verifier + srp.power(2, b)) % srp.N:x}",
                "SECRET_BLOCK": base64.b64encode(derived("secret block", seed)).decode(),
            },
            now=datetime.fromisoformat(EDGES["timestamp"]),
        )
        assert proof["PASSWORD_CLAIM_SIGNATURE"] == case["signature"], case["covers"]


@pytest.mark.parametrize(
    "value", ["0", f"{srp.N:x}", f"{2 * srp.N:x}", "", "-5", " 1", "1_0", "0x1", "１２", "g", "1\n"]
)
def test_t009_values_that_would_give_the_password_away_or_are_no_numbers(value: str) -> None:
    with pytest.raises(CognitoError) as raised:
        claim(USERS[0], "Correct-Horse-9!", SRP_B=value)
    assert raised.value.code == BAD_ANSWER


@pytest.mark.parametrize("changed", [{"SALT": ""}, {"SALT": "zz"}, {"SECRET_BLOCK": "not base64!"}])
def test_malformed_parameters(changed: dict[str, str]) -> None:
    with pytest.raises(CognitoError):
        claim(USERS[0], "Correct-Horse-9!", **changed)


def test_a_is_fresh_and_wide_enough() -> None:
    first, second = srp.begin(), srp.begin()
    assert first.secret != second.secret
    assert first.secret.bit_length() > 240
    assert str(first.secret) not in repr(first)


def test_t011_the_timestamp_has_english_names_and_no_padded_day() -> None:
    assert srp.timestamp(datetime(2024, 3, 5, 7, 8, 9, tzinfo=UTC)) == "Tue Mar 5 07:08:09 UTC 2024"
    east = timezone(timedelta(hours=9))
    assert srp.timestamp(datetime(2025, 1, 1, 8, 0, 0, tzinfo=east)) == "Tue Dec 31 23:00:00 UTC 2024"


@pytest.mark.parametrize("case", VECTORS["secret_hash"])
def test_secret_hash(case: dict[str, str]) -> None:
    made = secret_hash(username=case["Username"], client_id=case["ClientId"], client_secret=case["ClientSecret"])
    assert made == case["SECRET_HASH"]
