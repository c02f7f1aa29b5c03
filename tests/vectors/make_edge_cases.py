"""Find SRP runs where Cognito's padding matters, and write them to srp-edge-cases.json.

A sign byte or a dropped leading zero changes a hash about once in 256 runs, so a wrong client passes most random
tests. Each case here is a seed whose run has such a value in A, B, u, S or the salt. The expected signature is
pycognito's, a client that shares no line with ours; the server's side is plain arithmetic. Inputs are derived from
the seed, which keeps the file small:

    a, b = SHA-512("a <seed>"), SHA-512("b <seed>")       salt = first 16 bytes of SHA-512("salt <seed>")
    user id, password = first 16, 12 bytes in hex          secret block = base64 of all 64

Run: ``python -m tests.vectors.make_edge_cases`` (two minutes; the result does not change).
"""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import gmpy2
from pycognito import aws_srp

POOL_ID = "eu-central-1_EdgeCases"
AT = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
EACH = 6  # of every kind
WIDTHS = {"A": 384, "B": 384, "u": 32, "S": 384, "salt": 16}  # bytes
KINDS = {
    "leading zero byte": lambda n, width: n.bit_length() <= 8 * (width - 1),
    "odd number of digits": lambda n, width: len(f"{n:x}") % 2 == 1,
    "top bit set": lambda n, width: n.bit_length() == 8 * width,
}
N = int(aws_srp.N_HEX, 16)
K = int("538282c4354742d7cbbde2359fcf67f9f5b3a6b08791e5011b43b8a5b66d9ee6", 16)


def derived(label: str, seed: int) -> bytes:
    return hashlib.sha512(f"{label} {seed}".encode()).digest()


def integer(raw: bytes) -> int:
    return int.from_bytes(raw, "big")


def run(seed: int) -> tuple[dict[str, int], str]:
    """Both sides of one sign-in: the numbers that are padded, and the client's signature."""
    a, b, salt = (
        integer(derived("a", seed)),
        integer(derived("b", seed)),
        integer(derived("salt", seed)[:16]),
    )
    user_id, password = (
        derived("user id", seed)[:16].hex(),
        derived("password", seed)[:12].hex(),
    )
    client = aws_srp.AWSSRP(user_id, password, POOL_ID, "client", client=object())
    client.small_a_value, client.large_a_value = a, int(gmpy2.powmod(2, a, N))

    inner = hashlib.sha256(f"EdgeCases{user_id}:{password}".encode()).hexdigest()
    x = int(aws_srp.hex_hash(aws_srp.pad_hex(salt) + inner), 16)
    verifier = gmpy2.powmod(2, x, N)
    big_b = int((K * verifier + gmpy2.powmod(2, b, N)) % N)
    u = aws_srp.calculate_u(client.large_a_value, big_b)
    shared = int(gmpy2.powmod(client.large_a_value * gmpy2.powmod(verifier, u, N), b, N))

    key = client.get_password_authentication_key(user_id, password, big_b, f"{salt:x}")
    stamp = aws_srp.AWSSRP.get_cognito_formatted_timestamp(AT)
    message = f"EdgeCases{user_id}".encode() + derived("secret block", seed) + stamp.encode()
    signature = base64.b64encode(hmac.digest(key, message, "sha256")).decode()
    return {
        "A": client.large_a_value,
        "B": big_b,
        "u": u,
        "S": shared,
        "salt": salt,
    }, signature


def kinds(numbers: dict[str, int]) -> list[str]:
    """Which padding rules this run exercises."""
    return [f"{name}: {kind}" for name, n in numbers.items() for kind, holds in KINDS.items() if holds(n, WIDTHS[name])]


def main() -> None:
    left = {f"{name}: {kind}": EACH for name in WIDTHS for kind in KINDS}
    cases = []
    for seed in count(1):
        numbers, signature = run(seed)
        useful = [kind for kind in kinds(numbers) if left.get(kind, 0) > 0]
        if useful:
            for kind in useful:
                left[kind] -= 1
            cases.append({"seed": seed, "covers": useful, "signature": signature})
        if not any(left.values()):
            break
    document = {
        "about": __doc__.splitlines()[0],
        "pool_id": POOL_ID,
        "timestamp": AT.isoformat(),
        "cases": cases,
    }
    Path(__file__).with_name("srp-edge-cases.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
