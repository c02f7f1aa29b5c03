"""What the browser (or, for a device and without scripts, the portal) did for SRP: the public values of one proof.

RFC 5054 names them; Cognito's own form of u and of the signature is in docs/flows/user-srp-auth.md. All of this crosses
the wire in the open, and none of it helps to guess the secret. In RFC 2945 the host proves in return that it has the
verifier, by H(A, M, K); no answer of Cognito's holds that.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flows.inspector.entries import Call
from flows.terms import ChallengeName

# Whose secret each proves: a person's, or the one that a client made up for a device and gave to ConfirmDevice.
_SECRETS: Mapping[str, str] = {
    ChallengeName.PASSWORD_VERIFIER: "the password",
    ChallengeName.DEVICE_PASSWORD_VERIFIER: "the device's secret",
}
_B_PROVES = "k·v + g^b mod N: hides the pool's random number. It proves nothing: Cognito never shows that it has v."


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """``proves`` is one line."""

    name: str
    value: str
    proves: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """``secret`` is what it proves to be known, such as "the password"; ``facts`` are its values, never none."""

    secret: str
    facts: tuple[Fact, ...]


def srp(call: Call, before: Sequence[Call]) -> Proof | None:
    """The proof that ``call`` carries, its values taken from it and from the calls ``before`` it; None where it carries
    none."""
    responses = call.request.get("ChallengeResponses") or {}
    secret = _SECRETS.get(str(call.request.get("ChallengeName")))
    if secret is None or "PASSWORD_CLAIM_SIGNATURE" not in responses:
        return None
    asking = answered(call, before)
    asked = _parameters(asking) if asking else {}
    a, b = _srp_a(asking) if asking else "", asked.get("SRP_B", "")
    facts = (
        Fact(name="A", value=a, proves="g^a mod N: hides a random number that never leaves its maker."),
        Fact(name="B", value=b, proves=_B_PROVES),
        Fact(
            name="salt",
            value=asked.get("SALT", ""),
            proves=f"Is hashed with {secret}: equal ones have different verifiers.",
        ),
        Fact(name="u", value=scrambling(a, b), proves="H(A, B): ties the proof to both numbers of this very run."),
        Fact(
            name="timestamp",
            value=responses.get("TIMESTAMP", ""),
            proves="Is signed too, so that an old proof can be told from a new one.",
        ),
        Fact(
            name="signature",
            value=responses["PASSWORD_CLAIM_SIGNATURE"],
            proves=f"HMAC under the key that both sides computed: whoever made it knows {secret}.",
        ),
    )
    return Proof(secret=secret, facts=tuple(fact for fact in facts if fact.value))


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
