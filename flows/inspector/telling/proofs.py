"""What the browser (or, for a device and without scripts, the portal) did for SRP: the public values of one proof.

RFC 5054 names them; Cognito's own form of u and of the signature is in docs/flows/user-srp-auth.md. All of this crosses
the wire in the open, and none of it helps to guess the password.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flows.inspector.entries import Call

_VERIFIERS = frozenset({"PASSWORD_VERIFIER", "DEVICE_PASSWORD_VERIFIER"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """``proves`` is one line."""

    name: str
    value: str
    proves: str


def srp(call: Call, before: Sequence[Call]) -> tuple[Fact, ...]:
    """The values of the proof that ``call`` carries, taken from it and from the calls ``before`` it; nothing where it
    carries none."""
    responses = call.request.get("ChallengeResponses") or {}
    if call.request.get("ChallengeName") not in _VERIFIERS or "PASSWORD_CLAIM_SIGNATURE" not in responses:
        return ()
    asking = answered(call, before)
    asked = _parameters(asking) if asking else {}
    a, b = _srp_a(asking) if asking else "", asked.get("SRP_B", "")
    facts = (
        Fact(name="A", value=a, proves="g^a mod N: hides a random number that never leaves its maker."),
        Fact(name="B", value=b, proves="k·v + g^b mod N: only who has the verifier v can have made it."),
        Fact(name="salt", value=asked.get("SALT", ""), proves="Makes equal passwords have different verifiers."),
        Fact(name="u", value=scrambling(a, b), proves="H(A, B): ties the proof to both numbers of this very run."),
        Fact(
            name="timestamp",
            value=responses.get("TIMESTAMP", ""),
            proves="Is signed too: the proof is good for about five minutes.",
        ),
        Fact(
            name="signature",
            value=responses["PASSWORD_CLAIM_SIGNATURE"],
            proves="HMAC under the key that both sides computed: whoever made it knows the password.",
        ),
    )
    return tuple(fact for fact in facts if fact.value)


def answered(call: Call, before: Sequence[Call]) -> Call | None:
    """The call that asked for the proof of ``call``: its secret block came back. Others may have asked since."""
    block = _fingerprint((call.request.get("ChallengeResponses") or {}).get("PASSWORD_CLAIM_SECRET_BLOCK"))
    asked = (each for each in reversed(before) if _fingerprint(_parameters(each).get("SECRET_BLOCK")) == block)
    return next(asked, None) if block else None


def scrambling(a: str, b: str) -> str:
    """u as Cognito's clients compute it, in hex: SHA-256 over A and B, after a zero byte where the first bit is set."""
    try:
        return hashlib.sha256(_padded(a) + _padded(b)).hexdigest() if a and b else ""
    except ValueError:
        return ""


def _padded(number: str) -> bytes:
    digits = f"{int(number, 16):x}"
    digits = digits.zfill(len(digits) + len(digits) % 2)
    return bytes.fromhex(f"00{digits}" if digits[0] in "89abcdef" else digits)


def _parameters(call: Call) -> Mapping[str, Any]:
    return (call.answer or {}).get("ChallengeParameters") or {}


def _fingerprint(mask: Any) -> str:
    return str(mask.get("fingerprint", "")) if isinstance(mask, dict) else ""


def _srp_a(call: Call) -> str:
    given = call.request.get("AuthParameters") or call.request.get("ChallengeResponses") or {}
    found = given.get("SRP_A", "")
    return found if isinstance(found, str) else ""
