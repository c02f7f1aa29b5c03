"""What one answer gives and a later call brings back: how the calls of one sign-in find each other.

The portal's part of it (Django session, address) is not asked: a Session or a token says which run it is of, whoever
carries it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from flows.inspector.masking.masks import fingerprint

# Where answers have them, and where calls bring them back.
_GIVEN = (
    ("Session",),
    ("ChallengeParameters", "SECRET_BLOCK"),
    ("AuthenticationResult", "AccessToken"),
    ("AuthenticationResult", "RefreshToken"),
)
_BROUGHT = (
    ("Session",),
    ("ChallengeResponses", "PASSWORD_CLAIM_SECRET_BLOCK"),
    ("AccessToken",),
    ("RefreshToken",),
    ("Token",),
    ("AuthParameters", "REFRESH_TOKEN"),
)


def given(response: Mapping[str, Any] | None) -> frozenset[str]:
    """Fingerprints of what this answer gives."""
    return frozenset(_found(response or {}, _GIVEN))


def brought(request: Mapping[str, Any]) -> frozenset[str]:
    """Fingerprints of what this request brings back."""
    return frozenset(_found(request, _BROUGHT))


def _found(whole: Mapping[str, Any], places: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    for place in places:
        value: Any = whole
        for name in place:
            value = value.get(name) if isinstance(value, Mapping) else None
        if isinstance(value, str) and value:
            yield fingerprint(value)
